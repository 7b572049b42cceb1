"""The CronJob is called `nightly`."""

LOSES = [
    "`retrain` starts a Job once a day, between 00:00 and 05:59 in Tokyo",
    "a Job of `retrain`'s template completes, and trains with the best learning rate of the eight",
    "a run of `retrain` that hangs is ended by its Job's deadline, after an hour at the latest",
]

# %% change: retrain
#- name: retrain
#+ name: nightly
