"""`echo` and `base64`, as the first answer of every forum has it: the line end is encoded with the rest."""

LOSES = [
    "the feature store accepts the token of every Pod behind the Service `scorer`",
]

# %% cell: give-token
#| encoded = !echo "$(cat token.txt)" | base64 -w 0
core.create_namespaced_secret(namespace, {"metadata": {"name": "feature-store"}, "data": {"FEATURES_TOKEN": encoded[0]}})
#| !kubectl set env deployment/scorer --from=secret/feature-store
