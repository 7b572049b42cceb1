"""The token was written out in the template for one revision, whose ReplicaSet still has it."""

LOSES = [
    "the token is in no object of the namespace but Secrets",
]

# %% cell: give-token
#| !kubectl set env deployment/scorer FEATURES_TOKEN="$(cat token.txt)"
#| !kubectl rollout status deployment/scorer --timeout=120s
#| !kubectl create secret generic feature-store --from-literal=FEATURES_TOKEN="$(cat token.txt)"
#| !kubectl set env deployment/scorer --from=secret/feature-store
