"""Minimum and maximum are both six: it is never slow, and never scaled."""

LOSES = [
    "it keeps 2 replicas at least and 6 at most",
    "under 10 requests a second it adds replicas, and three or more are ready",
]

# %% change: autoscaler
#- minReplicas: 2
#+ minReplicas: 6
