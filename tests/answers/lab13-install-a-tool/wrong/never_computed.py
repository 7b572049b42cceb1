"""All of it runs, and nobody has computed anything with it."""

LOSES = [
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
]

# %% cell: compute
