"""A server ends the moment that it is told to."""

LOSES = [
    "while a Pod and then the whole Deployment are replaced, whoever asks gets an answer",
]

# %% change: serve
#- lifecycle:
#-   preStop:
#-     sleep: {seconds: 4}
