"""The short window is written under scaleUp."""

LOSES = [
    "when the load has gone it takes replicas away until its minimum is left, within two minutes",
]

# %% change: autoscaler
#- scaleDown:
#+ scaleUp:
