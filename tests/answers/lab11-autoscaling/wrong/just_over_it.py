"""The request is a sixth of the quota, rounded up."""

LOSES = [
    "six replicas of `ranker` have room in the quota, beside what else is there",
]

# %% change: ranker-manifest
#- requests: {cpu: 40m, memory: 32Mi}
#+ requests: {cpu: 67m, memory: 32Mi}

# %% change: autoscaler
#- averageUtilization: 75
#+ averageUtilization: 45
