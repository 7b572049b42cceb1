"""The operator is scaled to none when the sweep is done: it has done its work."""

LOSES = [
    "the Deployment `dask-operator` keeps a Pod ready, for ten seconds without a break",
    "scaled to three, `sweep` has three workers registered with its scheduler",
    "each Pod of the operator, the scheduler and the workers has the label `team=forecast`",
]

# %% after: compute
#| !kubectl scale deployment dask-operator --replicas=0
#| !kubectl wait --for=delete pod -l app=dask-operator --timeout=60s
