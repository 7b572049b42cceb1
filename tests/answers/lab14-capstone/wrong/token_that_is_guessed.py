"""The token is one that people think of."""

LOSES = [
    "who has the token gets a prediction and nobody else does, and it is in Secrets and nowhere else",
]

# %% change: settings-and-token
#- token = secrets.token_urlsafe(24)
#+ token = "hunter2"
