"""The trainer is not where the command looks for it, and nobody has tried it by hand."""

LOSES = [
    "a Job of `retrain`'s template completes, and trains with the best learning rate of the eight",
]

# %% change: retrain
#- command: [python, /trainer/train.py]
#+ command: [python, /training/train.py]
