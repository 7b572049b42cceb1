"""The Service has no selector, and nobody has told it any address."""

LOSES = [
    "every Pod behind the Service `sentiment` is kept by a Deployment",
    "the Service gives the right label to sentences it has never seen",
    "another Pod reaches the model as `http://sentiment`",
    "a Pod that dies is replaced, and whoever asks meanwhile gets an answer",
]

# %% change: serve-service
#- selector: {app: sentiment}
