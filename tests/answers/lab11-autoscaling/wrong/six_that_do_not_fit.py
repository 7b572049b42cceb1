"""The request is less than it was, and the percentage is reckoned from it: the target is right, and six do not fit."""

LOSES = [
    "six replicas of `ranker` have room in the quota, beside what else is there",
]

# %% change: ranker-manifest
#- requests: {cpu: 40m, memory: 32Mi}
#+ requests: {cpu: 80m, memory: 32Mi}

# %% change: autoscaler
#- averageUtilization: 75
#+ averageUtilization: 38
