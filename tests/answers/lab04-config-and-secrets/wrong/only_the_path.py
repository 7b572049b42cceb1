"""Half done: the path."""

LOSES = [
    "the feature store accepts the token of every Pod behind the Service `scorer`",
    "the token is in no object of the namespace but Secrets",
    "the token is in no log of a Pod",
    "a new Pod asks the feature store with the token that its Secret holds then",
]

# %% cell: give-token
