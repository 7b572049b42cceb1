"""The request is taken out and the limit raised: then the request is the limit."""

LOSES = [
    "its target of CPU comes to 25m to 35m for each replica",
    "six replicas of `ranker` have room in the quota, beside what else is there",
    "under 10 requests a second it adds replicas, and three or more are ready",
]

# %% change: ranker-manifest
#- requests: {cpu: 40m, memory: 32Mi}

#- limits: {cpu: 100m, memory: 96Mi}
#+ limits: {cpu: 150m, memory: 96Mi}

# %% cell: ranker-apply
#| !kubectl delete deployment ranker --cascade=foreground
#| %apply ranker.yaml
