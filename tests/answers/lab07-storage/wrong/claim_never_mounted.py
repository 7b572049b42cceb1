"""Half done: the claim is there, and the trainer as it was."""

LOSES = [
    "the trainer's checkpoints lie on the volume of a claim that is bound",
    "there is one trainer, and a rollout takes it away before it makes the next",
    "a trainer that crashes goes on from its last checkpoint",
    "the Pod in the place of a deleted one goes on from its last checkpoint",
    "the Pod after the next knows all that the Pods before it took down",
    "the claims that trainers mount stay when what keeps the trainers is deleted",
]

# %% cell: storage-mount


# %% cell: storage-rollout
