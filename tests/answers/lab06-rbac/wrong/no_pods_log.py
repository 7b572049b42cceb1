"""A right on `pods` is taken to include their logs."""

LOSES = [
    "`notebook` may read the logs of its workers",
]

# %% cell: notebook-role
apply("""
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: run-workers
rules:
  - apiGroups: [""]
    resources: [pods]
    verbs: [create, get, list, watch, delete]
""")
