"""The subject is written as the user that the account's token stands for."""

# %% change: notebook-binding
#- - kind: ServiceAccount
#-   name: notebook
#-   namespace: {namespace}
#+ - kind: User
#+   apiGroup: rbac.authorization.k8s.io
#+   name: system:serviceaccount:{namespace}:notebook
