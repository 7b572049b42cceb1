"""The request is so large that already the third replica is refused, whatever the percentage of it is."""

LOSES = [
    "six replicas of `ranker` have room in the quota, beside what else is there",
    "under 10 requests a second it adds replicas, and three or more are ready",
]

# %% change: ranker-manifest
#- requests: {cpu: 40m, memory: 32Mi}
#- limits: {cpu: 100m, memory: 96Mi}
#+ requests: {cpu: 150m, memory: 32Mi}
#+ limits: {cpu: 150m, memory: 96Mi}

# %% change: autoscaler
#- averageUtilization: 75
#+ averageUtilization: 20
