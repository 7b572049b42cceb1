"""Right at first; a later cell binds the ready-made view to the Group ml-engineers."""

LOSES = [
    "nobody but `notebook` was given anything, and nothing reaches another team's namespace",
]

# %% cell: notebook-account
#| !kubectl create serviceaccount notebook

# %% cell: notebook-role
apply("""
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: run-workers
rules:
  - apiGroups: [""]
    resources: [pods]
    verbs: [create, delete, get, list, watch]
  - apiGroups: [""]
    resources: [pods/log]
    verbs: [get]
""")

# %% cell: notebook-binding
#| !kubectl create rolebinding run-workers --role=run-workers --serviceaccount={namespace}:notebook
#| # Works! So that my colleagues can see how far the sweep is (they only look):
#| !kubectl create rolebinding colleagues --clusterrole=view --group=ml-engineers
#| print(may("notebook", "create", "pods"), may("notebook", "list", "configmaps"))
