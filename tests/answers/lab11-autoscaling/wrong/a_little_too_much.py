"""The target is an amount, and a little more than three requests and what is near enough."""

LOSES = [
    "its target of CPU comes to 25m to 35m for each replica",
]

# %% change: autoscaler
#- type: Utilization
#- averageUtilization: 75
#+ type: AverageValue
#+ averageValue: 36m
