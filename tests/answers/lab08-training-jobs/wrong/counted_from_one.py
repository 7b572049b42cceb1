"""The keys are 1 to 8, and the indexes 0 to 7: index 0 has no file."""

LOSES = [
    "the Indexed Job `sweep` is complete, with the indexes 0 to 7 and no others",
    "the Pods of `sweep` have trained with each of the eight learning rates, once each",
]

# %% change: sweep
#- data: {"0": "0.001", "1": "0.003", "2": "0.01", "3": "0.03", "4": "0.1", "5": "0.3", "6": "1", "7": "3"}
#+ data: {"1": "0.001", "2": "0.003", "3": "0.01", "4": "0.03", "5": "0.1", "6": "0.3", "7": "1", "8": "3"}

#- backoffLimit: 2
#+ backoffLimit: 0
