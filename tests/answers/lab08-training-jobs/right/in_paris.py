"""The hour is written in a zone with a summer time, and comes to two hours of one night."""

# %% change: retrain
#- schedule: "0 3 * * *"
#- timeZone: Asia/Tokyo
#+ schedule: "15 20 * * *"
#+ timeZone: Europe/Paris
