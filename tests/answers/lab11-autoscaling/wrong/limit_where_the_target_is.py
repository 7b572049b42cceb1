"""The limit is lowered to the request, and the target is all of it: no replica can ever be over it."""

LOSES = [
    "under 10 requests a second it adds replicas, and three or more are ready",
]

# %% change: ranker-manifest
#- requests: {cpu: 40m, memory: 32Mi}
#- limits: {cpu: 100m, memory: 96Mi}
#+ requests: {cpu: 35m, memory: 32Mi}
#+ limits: {cpu: 35m, memory: 96Mi}

# %% change: autoscaler
#- averageUtilization: 75
#+ averageUtilization: 100
