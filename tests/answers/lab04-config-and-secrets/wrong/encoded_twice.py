"""What is in base64 already is handed to a client that encodes by itself."""

LOSES = [
    "the feature store accepts the token of every Pod behind the Service `scorer`",
]

# %% change: give-token
#- !kubectl create secret generic feature-store --from-literal=token="$(cat token.txt)"
#+ !kubectl create secret generic feature-store --from-literal=token="$(printf %s $(cat token.txt) | base64 -w 0)"
