"""A rollout that takes no room: one goes, then one comes."""

LOSES = [
    "while `eta` replaces its Pods, as many of them stay ready as there should be",
]

# %% change: ship-version-2
#- maxUnavailable: 0
#- maxSurge: 2
#+ maxUnavailable: 1
#+ maxSurge: 0
