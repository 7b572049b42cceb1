"""The operator is started from a module that is not there, and ends at once."""

LOSES = [
    "the Deployment `dask-operator` keeps a Pod ready, for ten seconds without a break",
    "the operator has made a scheduler and workers of the DaskCluster `sweep`",
    "`sweep` has two workers, and both are registered with its scheduler",
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
    "scaled to three, `sweep` has three workers registered with its scheduler",
    "each Pod of the operator, the scheduler and the workers has the label `team=forecast`",
    "a worker whose Pod is deleted is replaced, and the next one registers",
]

# %% change: operator
#- command: [kopf, run, --module=dask_kubernetes.operator.controller, /srv/namespaced.py]
#+ command: [kopf, run, --module=dask_kubernetes.operators, /srv/namespaced.py]

# %% change: cluster
#- !kubectl wait --for=create deployment/sweep-scheduler --timeout=60s
#- !kubectl rollout status deployment/sweep-scheduler --timeout=90s

# %% cell: compute
