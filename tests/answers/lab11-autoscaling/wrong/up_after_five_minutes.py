"""The window of five minutes is set for the way up as well."""

LOSES = [
    "under 10 requests a second it adds replicas, and three or more are ready",
]

# %% change: autoscaler
#- behavior:
#+ behavior:
#+   scaleUp:
#+     stabilizationWindowSeconds: 300
