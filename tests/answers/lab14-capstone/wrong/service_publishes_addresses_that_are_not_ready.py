"""The Service sends to servers that are not ready as well, so that it is never without any."""

LOSES = [
    "while a Pod and then the whole Deployment are replaced, whoever asks gets an answer",
]

# %% change: serve
#- selector: {app: triage}
#+ selector: {app: triage}
#+ publishNotReadyAddresses: true
