"""The file's subject, of another namespace, is left, and the right one is added below it."""

LOSES = [
    "nobody but the operator's account was given any rights in the namespace",
]

# %% change: rights
#-   - kind: ServiceAccount
#-     name: dask-operator
#+   - kind: ServiceAccount
#+     name: dask-operator
#+     namespace: default
#+   - kind: ServiceAccount
#+     name: dask-operator
