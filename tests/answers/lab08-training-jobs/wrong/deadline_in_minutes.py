"""Fifty-nine, which was meant in minutes."""

LOSES = [
    "a run of `retrain` that hangs is ended by its Job's deadline, after an hour at the latest",
]

# %% change: retrain
#- activeDeadlineSeconds: 1800
#+ activeDeadlineSeconds: 59
