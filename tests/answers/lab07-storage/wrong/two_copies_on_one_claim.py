"""Two trainers on one claim, of which one waits for the other."""

LOSES = [
    "there is one trainer, and a rollout takes it away before it makes the next",
]

# %% after: storage-rollout
#| !kubectl scale deployment trainer --replicas=2
