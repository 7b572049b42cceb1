"""The account that every Pod has is given the rights, and the operator runs as it."""

LOSES = [
    "the account that the operator runs as may do its work in this namespace, and nothing else",
    "nobody but the operator's account was given any rights in the namespace",
]

# %% change: rights
#-     name: dask-operator
#- roleRef:
#+     name: default
#+ roleRef:

# %% change: operator
#- serviceAccountName: dask-operator
