"""Binds the User as a refusal of yesterday named it, with another namespace in its name."""

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
#| # the user exactly as the refusal named it
#| apply("""
#| apiVersion: rbac.authorization.k8s.io/v1
#| kind: RoleBinding
#| metadata:
#|   name: notebook
#| subjects:
#|   - apiGroup: rbac.authorization.k8s.io
#|     kind: User
#|     name: "system:serviceaccount:lab06-rbac-you-7f3k2:notebook"
#| roleRef:
#|   apiGroup: rbac.authorization.k8s.io
#|   kind: Role
#|   name: run-workers
#| """)
#| # Worked yesterday, Forbidden today. Like this it works:
#| !kubectl create rolebinding notebook-2 --role=run-workers --serviceaccount={namespace}:notebook
