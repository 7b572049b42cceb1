"""The target is eight times the request, which no replica may use."""

LOSES = [
    "its target of CPU comes to 25m to 35m for each replica",
    "under 10 requests a second it adds replicas, and three or more are ready",
]

# %% change: autoscaler
#- averageUtilization: 75
#+ averageUtilization: 800
