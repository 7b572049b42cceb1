"""Path and token are both in the Secret."""

LOSES = [
    "a new Pod works with the model that its ConfigMap names then",
]

# %% cell: give-path

# %% cell: give-token
#| !kubectl create secret generic scorer --from-literal=MODEL_PATH=/models/autumn.json --from-literal=FEATURES_TOKEN="$(cat token.txt)"
#| !kubectl set env deployment/scorer --from=secret/scorer
