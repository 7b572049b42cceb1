"""A second binding gives the rights to all accounts of the cluster."""

LOSES = [
    "nobody but the operator's account was given any rights in the namespace",
]

# %% after: rights
#| !kubectl create rolebinding dask-for-all --role=dask-operator --group=system:serviceaccounts
