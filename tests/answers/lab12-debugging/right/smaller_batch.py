"""`embedder` gets a smaller batch, and keeps the limit that it had."""

# %% change: repair-restarting
#- !kubectl set resources deployment/embedder --limits=memory=224Mi
#+ !kubectl set env deployment/embedder BATCH=48
