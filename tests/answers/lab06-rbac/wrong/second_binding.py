"""A second Role by a second binding lets it change Pods."""

LOSES = [
    "`notebook` may do nothing else with Pods or any other kind of object, Secrets and the inside of Pods apart",
]

# %% after: notebook-role
apply("""
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: amend
rules:
  - apiGroups: [""]
    resources: [pods]
    verbs: [patch]
""")

# %% after: notebook-binding
apply(f"""
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: notebook-amends
subjects:
  - kind: ServiceAccount
    name: notebook
    namespace: {namespace}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: amend
""")
