"""Each Pod writes to a directory of its own name on the volume, and finds it empty."""

LOSES = [
    "the Pod in the place of a deleted one goes on from its last checkpoint",
    "the Pod after the next knows all that the Pods before it took down",
]

# %% change: storage-mount
#- "env": [{"name": "CHECKPOINT_DIR", "value": "/checkpoints"}],
#- "volumeMounts": [{"name": "checkpoints", "mountPath": "/checkpoints"}],
#+ "env": [
#+     {"name": "CHECKPOINT_DIR", "value": "/checkpoints"},
#+     {"name": "POD", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
#+ ],
#+ "volumeMounts": [{"name": "checkpoints", "mountPath": "/checkpoints", "subPathExpr": "$(POD)"}],
