"""The night trains as the first Job did."""

LOSES = [
    "a Job of `retrain`'s template completes, and trains with the best learning rate of the eight",
]

# %% change: retrain
#- - {name: LEARNING_RATE, value: "0.03"}
#+ - {name: LEARNING_RATE, value: "0.5"}
#+ - {name: EPOCHS, value: "40"}
