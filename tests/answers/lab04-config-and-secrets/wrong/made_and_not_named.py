"""A ConfigMap and a Secret were made, and no template names them."""

LOSES = [
    "every Pod behind the Service `scorer` works with the model `autumn`",
    "the feature store accepts the token of every Pod behind the Service `scorer`",
    "a new Pod works with the model that its ConfigMap names then",
    "a new Pod asks the feature store with the token that its Secret holds then",
    "a new Pod does not become ready where a ConfigMap or a Secret of its own is missing",
]

# %% cell: give-path
#| !kubectl create configmap scorer-settings --from-literal=MODEL_PATH=/models/autumn.json

# %% cell: give-token
#| !kubectl create secret generic feature-store --from-literal=FEATURES_TOKEN="$(cat token.txt)"
