"""Three completions, to be on the safe side."""

LOSES = [
    "the Job `train` is complete, and has trained once, with the learning rate 0.5 and 40 epochs",
]

# %% change: train-once
#- backoffLimit: 2
#+ completions: 3
#+ parallelism: 3
