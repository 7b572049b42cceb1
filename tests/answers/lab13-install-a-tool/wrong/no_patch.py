"""The operator may not change a DaskCluster, and so cannot begin with it."""

LOSES = [
    "the account that the operator runs as may do its work in this namespace, and nothing else",
    "the operator has made a scheduler and workers of the DaskCluster `sweep`",
    "`sweep` has two workers, and both are registered with its scheduler",
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
    "scaled to three, `sweep` has three workers registered with its scheduler",
    "each Pod of the operator, the scheduler and the workers has the label `team=forecast`",
    "a worker whose Pod is deleted is replaced, and the next one registers",
]

# %% change: rights
#- verbs: [get, list, watch, create, patch, delete]
#+ verbs: [get, list, watch, create, delete]

# %% change: cluster
#- !kubectl wait --for=create deployment/sweep-scheduler --timeout=60s
#- !kubectl rollout status deployment/sweep-scheduler --timeout=90s

# %% cell: compute
