"""The path has a typo, in the ConfigMap."""

LOSES = [
    "every Pod behind the Service `scorer` works with the model `autumn`",
]

# %% change: give-path
#- !kubectl create configmap scorer-settings --from-literal=MODEL_PATH=/models/autumn.json
#+ !kubectl create configmap scorer-settings --from-literal=MODEL_PATH=/models/autum.json
