"""The minimum is left out, so it is one."""

LOSES = [
    "it keeps 2 replicas at least and 6 at most",
]

# %% change: autoscaler
#- minReplicas: 2
