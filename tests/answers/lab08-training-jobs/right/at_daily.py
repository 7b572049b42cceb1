"""Midnight, in a word."""

# %% change: retrain
#- schedule: "0 3 * * *"
#+ schedule: "@daily"
