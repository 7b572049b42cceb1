"""`RollingUpdate` without numbers: one of four may be away."""

LOSES = [
    "while `eta` replaces its Pods, as many of them stay ready as there should be",
]

# %% change: ship-version-2
#- rollingUpdate:
#- maxUnavailable: 0
#- maxSurge: 2
