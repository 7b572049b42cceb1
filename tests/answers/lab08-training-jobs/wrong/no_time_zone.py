"""Three o'clock, and nobody says whose."""

LOSES = [
    "`retrain` starts a Job once a day, between 00:00 and 05:59 in Tokyo",
]

# %% change: retrain
#- timeZone: Asia/Tokyo
