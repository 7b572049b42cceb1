"""A directory of the volume is mounted, and not all of it."""

# %% change: storage-mount
#- "volumeMounts": [{"name": "checkpoints", "mountPath": "/checkpoints"}],
#+ "volumeMounts": [{"name": "checkpoints", "mountPath": "/checkpoints", "subPath": "letters/march"}],
