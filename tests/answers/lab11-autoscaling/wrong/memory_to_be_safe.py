"""Memory is requested generously: of that, too, there has to be enough for six."""

LOSES = [
    "six replicas of `ranker` have room in the quota, beside what else is there",
]

# %% change: ranker-manifest
#- requests: {cpu: 40m, memory: 32Mi}
#- limits: {cpu: 100m, memory: 96Mi}
#+ requests: {cpu: 40m, memory: 200Mi}
#+ limits: {cpu: 100m, memory: 200Mi}
