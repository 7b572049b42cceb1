"""The maximum is five, one less than the busiest quarter of an hour takes."""

LOSES = [
    "it keeps 2 replicas at least and 6 at most",
]

# %% change: autoscaler
#- maxReplicas: 6
#+ maxReplicas: 5
