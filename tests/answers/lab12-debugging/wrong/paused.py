"""The rollout of `pricer` is paused first, to change several things at once, and never resumed."""

LOSES = [
    "`pricer` works, in euros",
]

# %% before: repair-restarting
#| !kubectl rollout pause deployment/pricer
