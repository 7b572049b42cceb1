"""The target is 30 processors, where 30 thousandths were meant."""

LOSES = [
    "its target of CPU comes to 25m to 35m for each replica",
    "under 10 requests a second it adds replicas, and three or more are ready",
]

# %% change: autoscaler
#- type: Utilization
#- averageUtilization: 75
#+ type: AverageValue
#+ averageValue: "30"
