"""Both that end again and again are restarted, since that has helped before."""

LOSES = [
    "`embedder` works, with a batch of at least 32 and a memory limit of at most 256Mi",
    "`pricer` works, in euros",
]

# %% cell: repair-restarting
#| !kubectl rollout restart deployment/embedder deployment/pricer
