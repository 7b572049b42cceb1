"""All is right, and then every replica is given more, without a thought of the percentage."""

LOSES = [
    "its target of CPU comes to 25m to 35m for each replica",
    "six replicas of `ranker` have room in the quota, beside what else is there",
    "under 10 requests a second it adds replicas, and three or more are ready",
]

# %% after: autoscaler
#| !kubectl rollout status deployment/ranker --timeout=60s
#| !kubectl set resources deployment ranker --requests=cpu=100m
