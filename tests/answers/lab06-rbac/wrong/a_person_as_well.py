"""The rights go to `notebook` and to a user."""

LOSES = [
    "nobody but `notebook` was given anything, and nothing reaches another team's namespace",
]

# %% change: notebook-binding
#-   namespace: {namespace}
#+   namespace: {namespace}
#+ - kind: User
#+   apiGroup: rbac.authorization.k8s.io
#+   name: ada@example.com
