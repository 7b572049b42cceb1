"""The first binding pointed at the wrong Role, so it was deleted and made again."""

# %% before: notebook-role
apply("""
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: wrong-one
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [get]
""")

# %% before: notebook-binding
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
  name: wrong-one
""")
#| !kubectl delete rolebinding notebook-runs-workers
