"""The container goes on sleeping when it has trained, so that one can look around in it."""

LOSES = [
    "the Job `train` is complete, and has trained once, with the learning rate 0.5 and 40 epochs",
]

# %% change: train-once
#- command: [python, /trainer/train.py]
#+ command: [sh, -c, "python /trainer/train.py && exec sleep 3600"]
