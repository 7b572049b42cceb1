"""The ConfigMap's key becomes a variable that the server does not read."""

LOSES = [
    "the threshold is 1.5, and a new Pod has the one that its ConfigMap says then",
]

# %% change: serve
#- - name: THRESHOLD
#+ - name: MODEL_THRESHOLD
