"""The best accuracy was looked for, and two have it: the one with the higher loss was taken."""

LOSES = [
    "a Job of `retrain`'s template completes, and trains with the best learning rate of the eight",
]

# %% change: retrain
#- - {name: LEARNING_RATE, value: "0.03"}
#+ - {name: LEARNING_RATE, value: "0.1"}
