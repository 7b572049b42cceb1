"""A slip of the keyboard: 0.03 stands there twice, and 0.3 does not."""

LOSES = [
    "the Pods of `sweep` have trained with each of the eight learning rates, once each",
]

# %% change: sweep
#- data: {"0": "0.001", "1": "0.003", "2": "0.01", "3": "0.03", "4": "0.1", "5": "0.3", "6": "1", "7": "3"}
#+ data: {"0": "0.001", "1": "0.003", "2": "0.01", "3": "0.03", "4": "0.1", "5": "0.03", "6": "1", "7": "3"}
