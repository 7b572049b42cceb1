"""The Service is told to send requests to Pods that are not ready, too."""

LOSES = [
    "a new Pod is asked nothing before its model is loaded",
]

# %% change: serve-service
#- spec:
#+ spec:
#+   publishNotReadyAddresses: true
