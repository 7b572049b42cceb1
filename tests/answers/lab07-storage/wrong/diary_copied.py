"""The claim is mounted, and the checkpoints go into an `emptyDir` beside it, as in one of the example's places."""

LOSES = [
    "the trainer's checkpoints lie on the volume of a claim that is bound",
    "the Pod in the place of a deleted one goes on from its last checkpoint",
    "the Pod after the next knows all that the Pods before it took down",
]

# %% change: storage-mount
#- "env": [{"name": "CHECKPOINT_DIR", "value": "/checkpoints"}],
#- "volumeMounts": [{"name": "checkpoints", "mountPath": "/checkpoints"}],
#+ "env": [{"name": "CHECKPOINT_DIR", "value": "/scratch"}],
#+ "volumeMounts": [{"name": "scratch", "mountPath": "/scratch"}, {"name": "checkpoints", "mountPath": "/kept"}],

#- template = {"spec": {"containers": [container], "volumes": [volume]}}
#+ scratch = {"name": "scratch", "emptyDir": {}}
#+ template = {"spec": {"containers": [container], "volumes": [scratch, volume]}}
