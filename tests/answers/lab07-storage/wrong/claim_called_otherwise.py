"""The Pod's volume names the volume and not the claim."""

LOSES = [
    "the trainer's checkpoints lie on the volume of a claim that is bound",
    "a trainer that crashes goes on from its last checkpoint",
    "the Pod in the place of a deleted one goes on from its last checkpoint",
    "the Pod after the next knows all that the Pods before it took down",
    "the claims that trainers mount stay when what keeps the trainers is deleted",
]

# %% change: storage-mount
#- volume = {"name": "checkpoints", "persistentVolumeClaim": {"claimName": "checkpoints"}}
#+ volume = {"name": "checkpoints", "persistentVolumeClaim": {"claimName": "checkpoints-volume"}}
