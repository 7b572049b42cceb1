"""`embedder` gets as much memory as the namespace lets a container have."""

LOSES = [
    "`embedder` works, with a batch of at least 32 and a memory limit of at most 256Mi",
]

# %% change: repair-restarting
#- !kubectl set resources deployment/embedder --limits=memory=224Mi
#+ !kubectl set resources deployment/embedder --limits=memory=1Gi
