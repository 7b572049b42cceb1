"""The checkpoints go into an `emptyDir`, since that needs no claim."""

LOSES = [
    "the trainer's checkpoints lie on the volume of a claim that is bound",
    "the claims in the namespace ask for at most 32Mi in all, and one of them is bound",
    "the Pod in the place of a deleted one goes on from its last checkpoint",
    "the Pod after the next knows all that the Pods before it took down",
    "the claims that trainers mount stay when what keeps the trainers is deleted",
]

# %% cell: storage-claim


# %% change: storage-mount
#- volume = {"name": "checkpoints", "persistentVolumeClaim": {"claimName": "checkpoints"}}
#+ volume = {"name": "checkpoints", "emptyDir": {}}
