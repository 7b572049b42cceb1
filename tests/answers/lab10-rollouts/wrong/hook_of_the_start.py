"""The sleep is put after the start instead of before the stop."""

LOSES = [
    "whoever asks while `eta` replaces its Pods gets an answer",
]

# %% change: ship-version-2
#- preStop:
#- sleep: {seconds: 5}
#+ postStart:
#+   sleep: {seconds: 1}
