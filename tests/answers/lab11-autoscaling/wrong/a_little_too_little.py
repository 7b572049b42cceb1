"""The target is a percentage that somebody has rounded down."""

LOSES = [
    "its target of CPU comes to 25m to 35m for each replica",
]

# %% change: ranker-manifest
#- requests: {cpu: 40m, memory: 32Mi}
#+ requests: {cpu: 60m, memory: 32Mi}

# %% change: autoscaler
#- averageUtilization: 75
#+ averageUtilization: 40
