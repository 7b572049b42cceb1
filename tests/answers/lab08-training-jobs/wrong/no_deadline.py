"""Nothing ends a run that hangs."""

LOSES = [
    "a run of `retrain` that hangs is ended by its Job's deadline, after an hour at the latest",
]

# %% change: retrain
#- activeDeadlineSeconds: 1800
