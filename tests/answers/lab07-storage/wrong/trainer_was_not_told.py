"""The volume is mounted at /checkpoints, and the trainer still writes to /tmp."""

LOSES = [
    "the trainer's checkpoints lie on the volume of a claim that is bound",
    "a trainer that crashes goes on from its last checkpoint",
    "the Pod in the place of a deleted one goes on from its last checkpoint",
    "the Pod after the next knows all that the Pods before it took down",
]

# %% change: storage-mount
#- "env": [{"name": "CHECKPOINT_DIR", "value": "/checkpoints"}],
