"""An ephemeral volume: a claim that is bound, and made and deleted with each Pod."""

LOSES = [
    "the Pod in the place of a deleted one goes on from its last checkpoint",
    "the Pod after the next knows all that the Pods before it took down",
    "the claims that trainers mount stay when what keeps the trainers is deleted",
]

# %% cell: storage-claim


# %% change: storage-mount
#- volume = {"name": "checkpoints", "persistentVolumeClaim": {"claimName": "checkpoints"}}
#+ asked = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "16Mi"}}}
#+ volume = {"name": "checkpoints", "ephemeral": {"volumeClaimTemplate": {"spec": asked}}}
