"""Somebody has noted the token in an annotation of the Service, in base64 so that nobody reads it."""

LOSES = [
    "who has the token gets a prediction and nobody else does, and it is in Secrets and nowhere else",
]

# %% after: serve
import base64

noted = base64.b64encode(f"TOKEN={token}".encode()).decode()
#| !kubectl annotate service triage note={noted}
