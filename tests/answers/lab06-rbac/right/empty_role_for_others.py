"""The account `default` is bound to a Role without rules, which gives it nothing."""

# %% after: notebook-role
apply("""
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: nothing
""")

# %% after: notebook-binding
apply(f"""
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: nothing
subjects:
  - kind: ServiceAccount
    name: default
    namespace: {namespace}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: nothing
""")
