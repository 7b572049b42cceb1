"""There is a second target of CPU, of the container, and it is the lower one."""

LOSES = [
    "its target of CPU comes to 25m to 35m for each replica",
]

# %% change: autoscaler
#- behavior:
#+   - type: ContainerResource
#+     containerResource:
#+       name: cpu
#+       container: ranker
#+       target:
#+         type: Utilization
#+         averageUtilization: 50
#+ behavior:
