"""The target is that of a container `server`, as in another lab."""

LOSES = [
    "its target of CPU comes to 25m to 35m for each replica",
    "under 10 requests a second it adds replicas, and three or more are ready",
    "it knows how much CPU the replicas use",
]

# %% change: autoscaler
#- - type: Resource
#- resource:
#- name: cpu
#+ - type: ContainerResource
#+   containerResource:
#+     name: cpu
#+     container: server
