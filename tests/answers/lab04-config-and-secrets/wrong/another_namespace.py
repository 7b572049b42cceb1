"""The Secret is made in the namespace of somebody's manifest, which is refused, and the new Pod waits for it."""

LOSES = [
    "the feature store accepts the token of every Pod behind the Service `scorer`",
    "the token is in no object of the namespace but Secrets",
    "the token is in no log of a Pod",
    "a new Pod asks the feature store with the token that its Secret holds then",
]

# %% after: give-path
#| !kubectl rollout status deployment/scorer --timeout=120s

# %% change: give-token
#- !kubectl create secret generic feature-store --from-literal=token="$(cat token.txt)"
#+ !kubectl -n default create secret generic feature-store --from-literal=token="$(cat token.txt)"
