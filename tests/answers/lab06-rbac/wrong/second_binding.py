"""A second Role by a second binding lets it change Pods."""

LOSES = [
    "`notebook` may do nothing else with Pods or any other kind of object, Secrets and the inside of Pods apart",
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
""")
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

# %% cell: notebook-binding
apply(f"""
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: notebook-runs-workers
subjects:
  - kind: ServiceAccount
    name: notebook
    namespace: {namespace}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: run-workers
""")
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
