"""All accounts of the namespace may read logs, for a collector to come; the scheduler has one of them."""

LOSES = [
    "`retrainer` may create Jobs and look one up, and nothing else",
]

# %% after: guard
#| !kubectl create role log-reader --verb=get,list --resource=pods,pods/log
#| !kubectl create rolebinding log-reader --role=log-reader --group=system:serviceaccounts:{namespace}
#| !kubectl label role/log-reader rolebinding/log-reader app.kubernetes.io/part-of=triage
