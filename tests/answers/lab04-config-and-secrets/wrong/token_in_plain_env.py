"""The token is written out in the template."""

LOSES = [
    "the token is in no object of the namespace but Secrets",
    "a new Pod asks the feature store with the token that its Secret holds then",
]

# %% cell: give-token
#| !kubectl set env deployment/scorer FEATURES_TOKEN="$(cat token.txt)"
