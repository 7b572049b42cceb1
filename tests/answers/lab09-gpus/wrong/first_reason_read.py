"""The first reason of each sentence is believed, whichever node gives it."""

LOSES = [
    "`findings` says of each of the three what it waits for",
]

# %% change: record-findings
#- !kubectl create configmap findings --from-literal=amber=taint --from-literal=birch=label --from-literal=cedar=resource
#+ !kubectl create configmap findings --from-literal=amber=resource --from-literal=birch=label --from-literal=cedar=resource
