"""The hour is written in UTC, the evening before."""

# %% change: retrain
#- schedule: "0 3 * * *"
#- timeZone: Asia/Tokyo
#+ schedule: "30 18 */1 JAN-DEC 0-6"
#+ timeZone: Etc/UTC
