"""The account `default` is bound too, to be on the safe side."""

LOSES = [
    "nobody but the operator's account was given any rights in the namespace",
]

# %% change: rights
#-     name: dask-operator
#- roleRef:
#+     name: dask-operator
#+   - kind: ServiceAccount
#+     name: default
#+ roleRef:
