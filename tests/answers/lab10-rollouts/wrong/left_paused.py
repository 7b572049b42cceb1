"""The rollout was paused after all was well, and never resumed."""

LOSES = [
    "while `eta` replaces its Pods, as many of them stay ready as there should be",
    "whoever asks while `eta` replaces its Pods gets an answer",
]

# %% after: canary
#| !kubectl rollout pause deployment/eta
