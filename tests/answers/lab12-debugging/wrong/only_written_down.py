"""All five causes are found, and nothing was repaired."""

LOSES = [
    "`reviews` works, with version 2 of the model",
    "`embedder` works, with a batch of at least 32 and a memory limit of at most 256Mi",
    "`pricer` works, in euros",
    "`lookup` works, and is reached through its Service",
    "`forecast` works",
    "what comes in the place of a Pod that works gets requests and answers them as well",
]

# %% cell: repair-not-started

# %% cell: repair-restarting

# %% cell: repair-unreachable
