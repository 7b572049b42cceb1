"""It is the template that is suspended: each night makes a Job that waits for ever."""

LOSES = [
    "a Job of `retrain`'s template completes, and trains with the best learning rate of the eight",
]

# %% change: retrain
#- backoffLimit: 2
#+ backoffLimit: 2
#+ suspend: true
