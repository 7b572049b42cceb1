"""The claim asks for 1Mi, since a checkpoint is 1 MiB."""

LOSES = [
    "the trainer's checkpoints lie on the volume of a claim that is bound",
    "a trainer that crashes goes on from its last checkpoint",
    "the Pod in the place of a deleted one goes on from its last checkpoint",
    "the Pod after the next knows all that the Pods before it took down",
]

# %% change: storage-claim
#- "resources": {"requests": {"storage": "16Mi"}},
#+ "resources": {"requests": {"storage": "1Mi"}},
