"""The token lies in the ConfigMap, beside the path."""

LOSES = [
    "the token is in no object of the namespace but Secrets",
    "a new Pod asks the feature store with the token that its Secret holds then",
]

# %% cell: give-token
#| !kubectl create configmap feature-store --from-literal=FEATURES_TOKEN="$(cat token.txt)"
#| !kubectl set env deployment/scorer --from=configmap/feature-store
