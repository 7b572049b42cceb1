"""The DaskCluster is deleted when the sweep is done."""

LOSES = [
    "the operator has made a scheduler and workers of the DaskCluster `sweep`",
    "`sweep` has two workers, and both are registered with its scheduler",
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
    "scaled to three, `sweep` has three workers registered with its scheduler",
    "each Pod of the operator, the scheduler and the workers has the label `team=forecast`",
    "a worker whose Pod is deleted is replaced, and the next one registers",
]

# %% after: compute
#| !kubectl delete daskcluster sweep --cascade=foreground
