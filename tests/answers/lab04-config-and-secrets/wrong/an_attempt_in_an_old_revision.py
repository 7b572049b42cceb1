"""The first attempt wrote the token into the template; it is out of it now, and in an old revision still."""

LOSES = [
    "the token is in no object of the namespace but Secrets",
]

# %% before: give-token
#| !kubectl set env deployment/scorer DEBUG- FEATURES_TOKEN="$(cat token.txt)"
#| !kubectl rollout status deployment/scorer --timeout=120s
#| !kubectl set env deployment/scorer FEATURES_TOKEN-
