"""The path is written out in the template, and there is a ConfigMap as well."""

LOSES = [
    "a new Pod works with the model that its ConfigMap names then",
]

# %% change: give-path
#- !kubectl set env deployment/scorer --from=configmap/scorer-settings
#+ !kubectl set env deployment/scorer MODEL_PATH=/models/autumn.json
