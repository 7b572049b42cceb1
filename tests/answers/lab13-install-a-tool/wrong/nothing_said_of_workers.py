"""Scheduler and workers say nothing of what they need, and no worker has room."""

LOSES = [
    "`sweep` has two workers, and both are registered with its scheduler",
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
    "scaled to three, `sweep` has three workers registered with its scheduler",
    "each Pod of the operator, the scheduler and the workers has the label `team=forecast`",
    "a worker whose Pod is deleted is replaced, and the next one registers",
]

# %% change: cluster
#- resources:
#- requests: {cpu: 40m, memory: 96Mi}
#- limits: {memory: 144Mi}

#- resources:
#- requests: {cpu: 50m, memory: 96Mi}
#- limits: {memory: 160Mi}

# %% cell: compute
