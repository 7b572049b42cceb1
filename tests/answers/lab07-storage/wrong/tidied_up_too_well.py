"""In the end the claim is deleted and its Pod too, so that the claim is gone and the next Pod waits for it."""

LOSES = [
    "the trainer's checkpoints lie on the volume of a claim that is bound",
    "the claims in the namespace ask for at most 32Mi in all, and one of them is bound",
    "a trainer that crashes goes on from its last checkpoint",
    "the Pod in the place of a deleted one goes on from its last checkpoint",
    "the Pod after the next knows all that the Pods before it took down",
    "the claims that trainers mount stay when what keeps the trainers is deleted",
]

# %% after: storage-rollout
#| !kubectl rollout status deployment/trainer --timeout=60s
#| !kubectl delete pvc checkpoints --wait=false
#| !kubectl delete pods -l app=trainer
#| !kubectl wait pvc/checkpoints --for=delete --timeout=60s
