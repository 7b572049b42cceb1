"""Ten in the evening in Paris: five in Tokyo in summer, and six in winter."""

LOSES = [
    "`retrain` starts a Job once a day, between 00:00 and 05:59 in Tokyo",
]

# %% change: retrain
#- schedule: "0 3 * * *"
#- timeZone: Asia/Tokyo
#+ schedule: "0 22 * * *"
#+ timeZone: Europe/Paris
