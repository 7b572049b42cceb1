"""The account of the worked example was deleted, its Role and its RoleBinding were not."""

LOSES = [
    "nobody but `notebook` was given anything, and nothing reaches another team's namespace",
]

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
#| !kubectl create role dashboard --verb=get,list --resource=configmaps
#| !kubectl create rolebinding dashboard --role=dashboard --serviceaccount={namespace}:dashboard
