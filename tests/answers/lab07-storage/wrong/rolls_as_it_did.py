"""The Deployment's strategy is left as it was."""

LOSES = [
    "there is one trainer, and a rollout takes it away before it makes the next",
]

# %% cell: storage-rollout
