"""The rate is read, and never leaves the shell: the same setting eight times."""

LOSES = [
    "the Pods of `sweep` have trained with each of the eight learning rates, once each",
]

# %% change: sweep
#- export LEARNING_RATE
