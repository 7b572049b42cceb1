"""The servers mount the claim as the training does."""

LOSES = [
    "what the Pods of `triage` serve was trained in `train`, and they read it from a claim's volume that they cannot write to",
]

# %% change: serve
#- - {name: model, mountPath: /model, readOnly: true}
#+ - {name: model, mountPath: /model}
