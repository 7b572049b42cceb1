"""The target is one of requests a second, which nobody on this cluster measures."""

LOSES = [
    "its target of CPU comes to 25m to 35m for each replica",
    "under 10 requests a second it adds replicas, and three or more are ready",
    "it knows how much CPU the replicas use",
]

# %% change: autoscaler
#- - type: Resource
#- resource:
#- name: cpu
#- target:
#- type: Utilization
#- averageUtilization: 75
#+ - type: Pods
#+   pods:
#+     metric: {name: http_requests_per_second}
#+     target:
#+       type: AverageValue
#+       averageValue: "3"
