"""The token is in a Secret, and the program prints it."""

LOSES = [
    "the token is in no log of a Pod",
]

# %% cell: clear-sight
