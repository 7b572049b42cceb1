"""Tidied up in the end, as in the worked example: the claim goes with its last Pod."""

LOSES = [
    "the Pod in the place of a deleted one goes on from its last checkpoint",
    "the Pod after the next knows all that the Pods before it took down",
    "the claims that trainers mount stay when what keeps the trainers is deleted",
]

# %% after: storage-rollout
#| !kubectl rollout status deployment/trainer --timeout=60s
#| !kubectl delete pvc checkpoints --wait=false
