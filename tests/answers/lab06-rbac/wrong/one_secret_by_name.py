"""One Secret, by its name, and no other."""

LOSES = [
    "`notebook` may neither read Secrets nor step into a running Pod",
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
  - apiGroups: [""]
    resources: [pods/log]
    verbs: [get]
  - apiGroups: [""]
    resources: [secrets]
    verbs: [get]
    resourceNames: [registry-password]
""")
