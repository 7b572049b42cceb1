"""A Role with far too much lies beside, and nothing binds it."""

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
""")
apply("""
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: not-used
rules:
  - apiGroups: [""]
    resources: [secrets, configmaps, pods]
    verbs: ["*"]
""")
