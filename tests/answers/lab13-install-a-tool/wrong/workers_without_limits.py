"""The workers say nothing of what they need: there is room for one."""

LOSES = [
    "`sweep` has two workers, and both are registered with its scheduler",
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
    "scaled to three, `sweep` has three workers registered with its scheduler",
]

# %% change: cluster
#- resources:
#- requests: {cpu: 50m, memory: 96Mi}
#- limits: {memory: 160Mi}

# %% cell: compute
