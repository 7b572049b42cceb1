"""Pods are to be removed, and the verb is `delete`."""

LOSES = [
    "`notebook` may start worker Pods and remove them",
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
    verbs: [create, get, list, watch, remove]
  - apiGroups: [""]
    resources: [pods/log]
    verbs: [get]
""")
