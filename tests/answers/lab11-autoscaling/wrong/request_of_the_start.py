"""The request stays as it was: a percentage of it is another target, and six do not fit."""

LOSES = [
    "its target of CPU comes to 25m to 35m for each replica",
    "six replicas of `ranker` have room in the quota, beside what else is there",
    "under 10 requests a second it adds replicas, and three or more are ready",
]

# %% change: ranker-manifest
#- requests: {cpu: 40m, memory: 32Mi}
#+ requests: {cpu: 100m, memory: 32Mi}
