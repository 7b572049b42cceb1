"""`findings` has what `kubectl get pods` shows."""

LOSES = [
    "`findings` says of each of the three what it waits for",
]

# %% change: record-findings
#- !kubectl create configmap findings --from-literal=amber=taint --from-literal=birch=label --from-literal=cedar=resource
#+ !kubectl create configmap findings --from-literal=amber=Pending --from-literal=birch=Pending --from-literal=cedar=Pending
