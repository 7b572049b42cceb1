"""A schedule that never comes, and that nobody refuses."""

LOSES = [
    "`retrain` starts a Job once a day, between 00:00 and 05:59 in Tokyo",
]

# %% change: retrain
#- schedule: "0 3 * * *"
#+ schedule: "0 3 30 2 *"
