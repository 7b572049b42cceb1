"""The Service sends requests to port 80 of the Pods, where nothing listens."""

LOSES = [
    "the Service gives the right label to sentences it has never seen",
    "another Pod reaches the model as `http://sentiment`",
    "a Pod that dies is replaced, and whoever asks meanwhile gets an answer",
]

# %% change: serve-service
#- targetPort: 8080
