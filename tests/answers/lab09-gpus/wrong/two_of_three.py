"""One of the three is forgotten."""

LOSES = [
    "`findings` says of each of the three what it waits for",
]

# %% change: record-findings
#- !kubectl create configmap findings --from-literal=amber=taint --from-literal=birch=label --from-literal=cedar=resource
#+ !kubectl create configmap findings --from-literal=amber=taint --from-literal=birch=label
