"""Nothing is said of resources, and the platform's 50m are what the percentage is one of."""

LOSES = [
    "its target of CPU comes to 25m to 35m for each replica",
]

# %% change: ranker-manifest
#- resources:
#- requests: {cpu: 40m, memory: 32Mi}
#- limits: {cpu: 100m, memory: 96Mi}

# %% cell: ranker-apply
#| !kubectl delete deployment ranker --cascade=foreground
#| %apply ranker.yaml
