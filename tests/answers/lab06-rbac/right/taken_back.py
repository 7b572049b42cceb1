"""The account `default` was bound by mistake, and the binding was deleted."""

# %% cell: notebook-binding
#| !kubectl create rolebinding mistake --role=run-workers --serviceaccount={namespace}:default
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
#| !kubectl delete rolebinding mistake
