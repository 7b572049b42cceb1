"""Everything has the right name, and prints `trained`."""

LOSES = [
    "the Job `train` is complete, and has trained once, with the learning rate 0.5 and 40 epochs",
    "the Pods of `sweep` have trained with each of the eight learning rates, once each",
    "a Job of `retrain`'s template completes, and trains with the best learning rate of the eight",
    "a training that fails makes its Job fail",
]

# %% change: train-once
#- command: [python, /trainer/train.py]
#+ command: [echo, trained]

# %% change: sweep
#- exec python /trainer/train.py
#+ echo trained

# %% change: retrain
#- command: [python, /trainer/train.py]
#+ command: [echo, trained]
