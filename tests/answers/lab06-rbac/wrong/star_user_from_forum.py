"""Right, but the binding also names the User '*'."""

LOSES = [
    "nobody but `notebook` was given anything, and nothing reaches another team's namespace",
]

# %% cell: notebook-account
#| !kubectl create serviceaccount notebook

# %% cell: notebook-role
apply("""
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: run-workers
rules:
  - apiGroups: [""]
    resources: [pods]
    verbs: [create, delete, get, list, watch]
  - apiGroups: [""]
    resources: [pods/log]
    verbs: [get]
""")

# %% cell: notebook-binding
# https://stackoverflow.com: "if it is still Forbidden, add the star"
apply("""
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: run-workers
subjects:
  - kind: ServiceAccount
    name: notebook
  - apiGroup: rbac.authorization.k8s.io
    kind: User
    name: "*"
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: run-workers
""")
