"""The token's volume is optional, and mounts a key that the Secret has not."""

LOSES = [
    "the feature store accepts the token of every Pod behind the Service `scorer`",
    "a new Pod asks the feature store with the token that its Secret holds then",
    "a new Pod does not become ready where a ConfigMap or a Secret of its own is missing",
]

# %% change: give-token
#- volume = {"name": "feature-store", "secret": {"secretName": "feature-store"}}
#+ items = [{"key": "tokn", "path": "token"}]
#+ volume = {"name": "feature-store", "secret": {"secretName": "feature-store", "optional": True, "items": items}}
