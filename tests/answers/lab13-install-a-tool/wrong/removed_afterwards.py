"""The operator is deleted when the sweep is done."""

LOSES = [
    "the Deployment `dask-operator` keeps a Pod ready, for ten seconds without a break",
    "the account that the operator runs as may do its work in this namespace, and nothing else",
    "scaled to three, `sweep` has three workers registered with its scheduler",
    "each Pod of the operator, the scheduler and the workers has the label `team=forecast`",
]

# %% after: compute
#| !kubectl delete deployment dask-operator --cascade=foreground
