"""The neighbours' account of the same name gets the rights as well."""

LOSES = [
    "nobody but `notebook` was given anything, and nothing reaches another team's namespace",
]

# %% change: notebook-binding
#-   namespace: {namespace}
#+   namespace: {namespace}
#+ - kind: ServiceAccount
#+   name: notebook
#+   namespace: {namespace}-neighbour
