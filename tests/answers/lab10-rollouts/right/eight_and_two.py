"""Eight and two, with no room to spare: four go at a time, and four stay."""

# %% change: ship-version-2
#- maxUnavailable: 0
#- maxSurge: 2
#+ maxUnavailable: 4
#+ maxSurge: 0

#- sleep: {seconds: 5}
#+ sleep: {seconds: 2}

# %% change: canary
#- replicas: 1
#+ replicas: 2

# %% before: canary
#| !kubectl scale deployment eta --replicas=8
#| !kubectl rollout status deployment/eta --timeout=90s
