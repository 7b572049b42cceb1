"""A shell line of somebody's, its seed included."""

LOSES = [
    "a Job of `retrain`'s template completes, and trains with the best learning rate of the eight",
]

# %% change: retrain
#- command: [python, /trainer/train.py]
#+ command: [sh, -c, "SEED=1 exec python /trainer/train.py"]
