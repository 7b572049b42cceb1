"""The target is right and six do not fit: under load four are asked for, and three have room."""

LOSES = [
    "six replicas of `ranker` have room in the quota, beside what else is there",
]

# %% change: ranker-manifest
#- requests: {cpu: 40m, memory: 32Mi}
#- limits: {cpu: 100m, memory: 96Mi}
#+ requests: {cpu: 120m, memory: 32Mi}
#+ limits: {cpu: 120m, memory: 96Mi}

# %% change: autoscaler
#- averageUtilization: 75
#+ averageUtilization: 25
