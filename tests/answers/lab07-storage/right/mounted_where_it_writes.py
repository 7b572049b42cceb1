"""The volume goes to where the trainer writes already."""

# %% change: storage-mount
#- "env": [{"name": "CHECKPOINT_DIR", "value": "/checkpoints"}],
#- "volumeMounts": [{"name": "checkpoints", "mountPath": "/checkpoints"}],
#+ "volumeMounts": [{"name": "checkpoints", "mountPath": "/tmp/"}],
