"""Nothing holds back the end of an old Pod."""

LOSES = [
    "whoever asks while `eta` replaces its Pods gets an answer",
]

# %% change: ship-version-2
#- lifecycle:
#- preStop:
#- sleep: {seconds: 5}
