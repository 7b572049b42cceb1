"""Each night trains three times, with the same rate."""

LOSES = [
    "a Job of `retrain`'s template completes, and trains with the best learning rate of the eight",
]

# %% change: retrain
#- backoffLimit: 2
#+ backoffLimit: 2
#+ completions: 3
#+ parallelism: 3
