"""Nothing is said of the way down, so the window is five minutes."""

LOSES = [
    "when the load has gone it takes replicas away until its minimum is left, within two minutes",
]

# %% change: autoscaler
#- behavior:
#- scaleDown:
#- stabilizationWindowSeconds: 15
