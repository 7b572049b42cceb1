"""What ends again and again is repaired in another namespace, which refuses it."""

LOSES = [
    "`embedder` works, with a batch of at least 32 and a memory limit of at most 256Mi",
    "`pricer` works, in euros",
]

# %% change: repair-restarting
#- !kubectl set resources deployment/embedder --limits=memory=224Mi
#+ !kubectl --namespace=default set resources deployment/embedder --limits=memory=224Mi

#- !kubectl set env deployment/pricer CURRENCY=EUR
#+ !kubectl --namespace=default set env deployment/pricer CURRENCY=EUR
