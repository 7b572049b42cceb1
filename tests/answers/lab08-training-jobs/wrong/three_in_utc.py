"""Three o'clock in UTC, which is noon in Tokyo."""

LOSES = [
    "`retrain` starts a Job once a day, between 00:00 and 05:59 in Tokyo",
]

# %% change: retrain
#- timeZone: Asia/Tokyo
#+ timeZone: Etc/UTC
