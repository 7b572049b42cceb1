"""An interval: once a day, at whatever time it happened to be made."""

LOSES = [
    "`retrain` starts a Job once a day, between 00:00 and 05:59 in Tokyo",
]

# %% change: retrain
#- schedule: "0 3 * * *"
#+ schedule: "@every 24h"
