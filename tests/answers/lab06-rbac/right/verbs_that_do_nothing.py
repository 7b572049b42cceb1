"""Verbs that no request has, or that Pods or logs do not have, give nobody anything."""

# %% cell: notebook-role
apply("""
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: run-workers
rules:
  - apiGroups: [""]
    resources: [pods]
    verbs: [create, get, list, watch, delete, start, stop]
  - apiGroups: [""]
    resources: [pods/log]
    verbs: ["*"]
""")
