"""The first Job trains with the trainer's own settings."""

LOSES = [
    "the Job `train` is complete, and has trained once, with the learning rate 0.5 and 40 epochs",
]

# %% change: train-once
#- env:
#-   - {name: LEARNING_RATE, value: "0.5"}
#-   - {name: EPOCHS, value: "40"}
