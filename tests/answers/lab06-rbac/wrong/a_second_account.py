"""A second account gets the same rights."""

LOSES = [
    "nobody but `notebook` was given anything, and nothing reaches another team's namespace",
]

# %% cell: notebook-account
#| !kubectl create serviceaccount notebook
#| !kubectl create serviceaccount worker

# %% change: notebook-binding
#-   namespace: {namespace}
#+   namespace: {namespace}
#+ - kind: ServiceAccount
#+   name: worker
#+   namespace: {namespace}
