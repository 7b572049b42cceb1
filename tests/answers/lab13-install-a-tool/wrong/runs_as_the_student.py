"""The operator runs as the student's own account, which may do it all and much more."""

LOSES = [
    "the account that the operator runs as may do its work in this namespace, and nothing else",
]

# %% change: operator
#- serviceAccountName: dask-operator
#+ serviceAccountName: student
