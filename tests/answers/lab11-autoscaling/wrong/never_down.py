"""Taking replicas away is forbidden."""

LOSES = [
    "when the load has gone it takes replicas away until its minimum is left, within two minutes",
]

# %% change: autoscaler
#- stabilizationWindowSeconds: 15
#+ selectPolicy: Disabled
