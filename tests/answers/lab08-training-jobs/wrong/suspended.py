"""The CronJob was suspended while it was being written, and stayed so."""

LOSES = [
    "`retrain` starts a Job once a day, between 00:00 and 05:59 in Tokyo",
]

# %% change: retrain
#- concurrencyPolicy: Forbid
#+ suspend: true
