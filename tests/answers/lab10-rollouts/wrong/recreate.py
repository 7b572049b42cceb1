"""The strategy stays as it was: all Pods of `eta` stop before one starts."""

LOSES = [
    "while `eta` replaces its Pods, as many of them stay ready as there should be",
]

# %% change: ship-version-2
#- type: RollingUpdate
#- rollingUpdate:
#- maxUnavailable: 0
#- maxSurge: 2
#+ type: Recreate
