"""The maximum is ten, as in the walkthrough."""

LOSES = [
    "it keeps 2 replicas at least and 6 at most",
]

# %% change: autoscaler
#- maxReplicas: 6
#+ maxReplicas: 10
