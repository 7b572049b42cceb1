"""The rights go to everybody who has a token."""

LOSES = [
    "nobody but `notebook` was given anything, and nothing reaches another team's namespace",
]

# %% change: notebook-binding
#- - kind: ServiceAccount
#-   name: notebook
#-   namespace: {namespace}
#+ - kind: Group
#+   apiGroup: rbac.authorization.k8s.io
#+   name: system:authenticated
