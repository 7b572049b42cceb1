"""Half done: the token."""

LOSES = [
    "every Pod behind the Service `scorer` works with the model `autumn`",
    "a new Pod works with the model that its ConfigMap names then",
]

# %% cell: give-path
