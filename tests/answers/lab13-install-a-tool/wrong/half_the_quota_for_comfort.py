"""Each worker has a limit of 300Mi: two fit, and a third does not."""

LOSES = [
    "scaled to three, `sweep` has three workers registered with its scheduler",
]

# %% change: cluster
#- limits: {memory: 160Mi}
#+ limits: {memory: 300Mi}
