"""The claim names a class from a forum's answer, which this cluster has not."""

LOSES = [
    "the trainer's checkpoints lie on the volume of a claim that is bound",
    "the claims in the namespace ask for at most 32Mi in all, and one of them is bound",
    "a trainer that crashes goes on from its last checkpoint",
    "the Pod in the place of a deleted one goes on from its last checkpoint",
    "the Pod after the next knows all that the Pods before it took down",
]

# %% change: storage-claim
#- "accessModes": ["ReadWriteOnce"],
#+ "storageClassName": "gp3",
#+ "accessModes": ["ReadWriteOnce"],
