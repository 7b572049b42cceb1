"""`clicks` fits as it was handed over, and its next version does not."""

LOSES = [
    "a restart replaces every Pod of a trainer that has all of them, and it has all of them again",
]

# %% cell: fit-clicks
