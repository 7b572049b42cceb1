"""The worked example with another name: three Pods that greet towns, two at a time."""

LOSES = [
    "the Indexed Job `sweep` is complete, with the indexes 0 to 7 and no others",
    "the Pods of `sweep` have trained with each of the eight learning rates, once each",
]

# %% change: sweep
#- data: {"0": "0.001", "1": "0.003", "2": "0.01", "3": "0.03", "4": "0.1", "5": "0.3", "6": "1", "7": "3"}
#+ data: {"0": Osaka, "1": Kyoto, "2": Nara}

#- completions: 8
#- parallelism: 4
#+ completions: 3
#+ parallelism: 2

#- exec python /trainer/train.py
#+ exec python -c 'import os; print("hello", os.environ["LEARNING_RATE"])'
