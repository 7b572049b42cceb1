"""`embedder` gets a little more memory, written in bytes, and a smaller batch."""

# %% change: repair-restarting
#- !kubectl set resources deployment/embedder --limits=memory=224Mi
#+ !kubectl set env deployment/embedder BATCH=128
#+ !kubectl set resources deployment/embedder --limits=memory=200e6
