"""All is right but for an `optional` that came with the snippet."""

LOSES = [
    "a new Pod does not become ready where a ConfigMap or a Secret of its own is missing",
]

# %% change: give-token
#- volume = {"name": "feature-store", "secret": {"secretName": "feature-store"}}
#+ volume = {"name": "feature-store", "secret": {"secretName": "feature-store", "optional": True}}
