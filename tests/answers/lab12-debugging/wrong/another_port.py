"""`lookup`'s Service is made again, on the port where the program listens."""

LOSES = [
    "`lookup` works, and is reached through its Service",
]

# %% cell: repair-unreachable
#| !kubectl delete service lookup
#| !kubectl expose deployment lookup --port=8000
