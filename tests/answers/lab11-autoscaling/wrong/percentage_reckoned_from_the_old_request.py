"""The request is less than it was, and the percentage is still reckoned from the old one."""

LOSES = [
    "its target of CPU comes to 25m to 35m for each replica",
]

# %% change: autoscaler
#- averageUtilization: 75
#+ averageUtilization: 30
