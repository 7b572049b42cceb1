"""`pricer` is scaled down, and does not crash since."""

LOSES = [
    "`pricer` works, in euros",
]

# %% after: repair-restarting
#| !kubectl scale deployment/pricer --replicas=0
