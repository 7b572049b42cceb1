"""`embedder` gets all of the memory that is granted, as a request too, in a Deployment that is changed twice."""

# %% change: repair-restarting
#- !kubectl set resources deployment/embedder --limits=memory=224Mi
#+ !kubectl set resources deployment/embedder --limits=memory=160Mi
#+ !kubectl rollout status deployment/embedder --timeout=5s
#+ !kubectl set resources deployment/embedder --limits=memory=256Mi --requests=memory=200Mi
