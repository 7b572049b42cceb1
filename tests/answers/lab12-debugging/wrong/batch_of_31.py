"""`embedder` takes 31 texts at a time, counted from 0 to 31."""

LOSES = [
    "`embedder` works, with a batch of at least 32 and a memory limit of at most 256Mi",
]

# %% change: repair-restarting
#- !kubectl set resources deployment/embedder --limits=memory=224Mi
#+ !kubectl set env deployment/embedder BATCH=31
