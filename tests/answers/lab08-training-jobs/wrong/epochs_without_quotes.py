"""A number where a text belongs: the Job is refused."""

LOSES = [
    "the Job `train` is complete, and has trained once, with the learning rate 0.5 and 40 epochs",
]

# %% change: train-once
#- - {name: EPOCHS, value: "40"}
#+ - {name: EPOCHS, value: 40}
