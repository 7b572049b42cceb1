"""`titles` goes on saying nothing, and the LimitRange speaks for it."""

LOSES = [
    "`titles` has as many ready Pods as it asks for, two or more, and they train",
]

# %% cell: fit-titles
