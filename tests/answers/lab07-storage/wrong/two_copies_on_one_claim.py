"""Two trainers, so that one is always there, on one claim."""

LOSES = [
    "there is one trainer, and a rollout takes it away before it makes the next",
    "the Pod in the place of a deleted one goes on from its last checkpoint",
    "the Pod after the next knows all that the Pods before it took down",
]

# %% after: storage-rollout
#| !kubectl scale deployment trainer --replicas=2
