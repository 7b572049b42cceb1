"""The rollout of `clicks` is paused once all is as it should be, so that nobody touches it."""

LOSES = [
    "a restart replaces every Pod of a trainer that has all of them, and it has all of them again",
]

# %% after: fit-clicks
#| !kubectl rollout status deployment/clicks --timeout=90s
#| !kubectl rollout pause deployment clicks
