"""`pricer` was repaired, and a rollout undone afterwards that had nothing to do with it."""

LOSES = [
    "`pricer` works, in euros",
]

# %% after: repair-restarting
#| !kubectl rollout status deployment/pricer --timeout=60s
#| !kubectl rollout undo deployment/pricer
