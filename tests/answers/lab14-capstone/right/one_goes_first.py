"""No room for one more is needed: of three servers one goes before the next comes."""

# %% change: serve
#- replicas: 2
#+ replicas: 3

#- maxUnavailable: 0
#- maxSurge: 1
#+ maxUnavailable: 1
#+ maxSurge: 0
