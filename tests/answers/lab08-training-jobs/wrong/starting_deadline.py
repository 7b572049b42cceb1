"""How late a run may begin, in place of how long it may take."""

LOSES = [
    "a run of `retrain` that hangs is ended by its Job's deadline, after an hour at the latest",
]

# %% change: retrain
#- activeDeadlineSeconds: 1800

#- concurrencyPolicy: Forbid
#+ startingDeadlineSeconds: 1800
