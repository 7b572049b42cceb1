"""Four replicas are set by hand, and an autoscaler that never reaches its target may take none away."""

LOSES = [
    "its target of CPU comes to 25m to 35m for each replica",
    "under 10 requests a second it adds replicas, and three or more are ready",
    "when the load has gone it takes replicas away until its minimum is left, within two minutes",
]

# %% change: autoscaler
#- averageUtilization: 75
#+ averageUtilization: 800

#- stabilizationWindowSeconds: 15
#+ selectPolicy: Disabled

#- %apply autoscaler.yaml
#+ !kubectl scale deployment ranker --replicas=4
#+ %apply autoscaler.yaml
