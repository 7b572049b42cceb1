"""The claim is made in another namespace, where it is refused."""

LOSES = [
    "the trainer's checkpoints lie on the volume of a claim that is bound",
    "the claims in the namespace ask for at most 32Mi in all, and one of them is bound",
    "a trainer that crashes goes on from its last checkpoint",
    "the Pod in the place of a deleted one goes on from its last checkpoint",
    "the Pod after the next knows all that the Pods before it took down",
    "the claims that trainers mount stay when what keeps the trainers is deleted",
]

# %% cell: storage-claim
#| %%apply
#| apiVersion: v1
#| kind: PersistentVolumeClaim
#| metadata: {name: checkpoints, namespace: default}
#| spec:
#|   accessModes: [ReadWriteOnce]
#|   resources:
#|     requests: {storage: 16Mi}
