"""Somebody asks `lookup`'s Pod by its address, finds that it answers, and leaves it at that."""

LOSES = [
    "`lookup` works, and is reached through its Service",
]

# %% cell: repair-unreachable
#| !kubectl get pods -l app=lookup -o wide
