"""Each worker requests 200m of a processor: two fit, and a third does not."""

LOSES = [
    "scaled to three, `sweep` has three workers registered with its scheduler",
]

# %% change: cluster
#- requests: {cpu: 50m, memory: 96Mi}
#+ requests: {cpu: 200m, memory: 96Mi}
