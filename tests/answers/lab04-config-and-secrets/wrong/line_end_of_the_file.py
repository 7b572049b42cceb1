"""The file goes into the Secret as it is, with its line end."""

LOSES = [
    "the feature store accepts the token of every Pod behind the Service `scorer`",
]

# %% change: give-token
#- !kubectl create secret generic feature-store --from-literal=token="$(cat token.txt)"
#+ !kubectl create secret generic feature-store --from-file=token=token.txt
