"""The cluster begins with one worker and is scaled to two."""

# %% change: cluster
#- replicas: 2
#+ replicas: 1

# %% after: cluster
#| !kubectl scale daskcluster sweep --replicas=2
