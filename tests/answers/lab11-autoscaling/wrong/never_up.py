"""`Disabled` is written under scaleUp, where scaleDown was meant to be kept calm."""

LOSES = [
    "under 10 requests a second it adds replicas, and three or more are ready",
]

# %% change: autoscaler
#- behavior:
#+ behavior:
#+   scaleUp:
#+     selectPolicy: Disabled
