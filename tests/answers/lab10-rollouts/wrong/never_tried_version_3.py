"""Version 3 was left out, since everybody knew that it would fail."""

LOSES = [
    "version 3 was a revision of `eta`, and its newest revision is version 2",
]

# %% cell: roll-back
#| !kubectl rollout history deployment/eta
