"""Four trainers beside the three that wait: the share is used up, and the rollout stands still."""

LOSES = [
    "a Pod of `finetune` is ready on a node of the pool, and counts its steps",
]

# %% after: place-finetune
#| !kubectl scale deployment finetune --replicas=4
