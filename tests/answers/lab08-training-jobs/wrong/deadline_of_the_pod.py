"""The deadline is one level too deep: each Pod has one, and the Job makes another Pod."""

LOSES = [
    "a run of `retrain` that hangs is ended by its Job's deadline, after an hour at the latest",
]

# %% change: retrain
#- activeDeadlineSeconds: 1800

#- restartPolicy: Never
#+ restartPolicy: Never
#+ activeDeadlineSeconds: 1800
