"""The DaskCluster has three workers already."""

LOSES = [
    "`sweep` has two workers, and both are registered with its scheduler",
]

# %% change: cluster
#- replicas: 2
#+ replicas: 3
