"""A grace period of a minute, for a server that ends at once when it is told to."""

LOSES = [
    "whoever asks while `eta` replaces its Pods gets an answer",
]

# %% change: ship-version-2
#- lifecycle:
#- preStop:
#- sleep: {seconds: 5}

#- containers:
#+ terminationGracePeriodSeconds: 60
#+ containers:
