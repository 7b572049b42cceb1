"""The target is one of memory, of which ranking needs no more under load."""

LOSES = [
    "its target of CPU comes to 25m to 35m for each replica",
    "under 10 requests a second it adds replicas, and three or more are ready",
    "it knows how much CPU the replicas use",
]

# %% change: autoscaler
#- name: cpu
#- target:
#- type: Utilization
#- averageUtilization: 75
#+ name: memory
#+ target:
#+   type: AverageValue
#+   averageValue: 80Mi
