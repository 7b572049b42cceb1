"""The port of the node is kept, and Pod Security refuses the Pods."""

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
#- livenessProbe:
#+ ports:
#+   - {name: health, containerPort: 8080, hostPort: 8080}
#+ livenessProbe:

#- !kubectl rollout status deployment/dask-operator --timeout=60s

# %% change: cluster
#- !kubectl wait --for=create deployment/sweep-scheduler --timeout=60s
#- !kubectl rollout status deployment/sweep-scheduler --timeout=90s

# %% cell: compute
