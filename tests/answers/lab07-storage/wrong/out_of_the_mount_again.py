"""Its directory leads through the mount and out of it again, into the container's own."""

LOSES = [
    "the trainer's checkpoints lie on the volume of a claim that is bound",
    "a trainer that crashes goes on from its last checkpoint",
    "the Pod in the place of a deleted one goes on from its last checkpoint",
    "the Pod after the next knows all that the Pods before it took down",
]

# %% change: storage-mount
#- "env": [{"name": "CHECKPOINT_DIR", "value": "/checkpoints"}],
#+ "env": [{"name": "CHECKPOINT_DIR", "value": "/checkpoints/../tmp"}],
