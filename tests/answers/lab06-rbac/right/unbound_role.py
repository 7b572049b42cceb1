"""A Role with far too much lies beside, and nothing binds it."""

# %% after: notebook-role
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
