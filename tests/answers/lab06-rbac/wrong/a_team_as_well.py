"""The rights go to `notebook` and to a group of people."""

LOSES = [
    "nobody but `notebook` was given anything, and nothing reaches another team's namespace",
]

# %% change: notebook-binding
#-   namespace: {namespace}
#+   namespace: {namespace}
#+ - kind: Group
#+   apiGroup: rbac.authorization.k8s.io
#+   name: data-team
