"""One at a time, and each looked at for a second."""

# %% change: ship-version-2
#- maxSurge: 2
#+ maxSurge: 1

#- replicas: 4
#+ replicas: 4
#+ minReadySeconds: 1
#+ progressDeadlineSeconds: 60
