"""An hour, and a second to be on the safe side."""

LOSES = [
    "a run of `retrain` that hangs is ended by its Job's deadline, after an hour at the latest",
]

# %% change: retrain
#- activeDeadlineSeconds: 1800
#+ activeDeadlineSeconds: 3601
