"""`create` is granted for the empty name, which is the one that a request which creates has; the rest in a second Role."""

# %% cell: notebook-role
# A request that creates has no name in its address, so the empty name is the one that it has.
apply("""
apiVersion: v1
kind: List
items:
  - apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: start
    rules:
      - apiGroups: [""]
        resources: [pods]
        resourceNames: [""]
        verbs: [create]
  - apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: look-and-remove
    rules:
      - apiGroups: [""]
        resources: [pods]
        verbs: [get, list, watch, delete]
      - apiGroups: [""]
        resources: [pods/log]
        verbs: [get]
""")

# %% cell: notebook-binding
for role in ("start", "look-and-remove"):
    apply(f"""
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: notebook-{role}
subjects:
  - kind: ServiceAccount
    name: notebook
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {role}
""")
