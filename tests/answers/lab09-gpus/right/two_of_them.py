"""Two trainers, each with a GPU of its own; what waits is scaled to nothing before."""

# %% before: place-finetune
#| !kubectl scale deployment amber birch cedar --replicas=0

# %% after: place-finetune
#| !kubectl scale deployment finetune --replicas=2
