"""The ready-made role `view` is bound as well, for reading everything that is no Secret."""

LOSES = [
    "`notebook` may do nothing else with Pods or any other kind of object, Secrets and the inside of Pods apart",
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
#| !kubectl create rolebinding notebook-looks-around --clusterrole=view --serviceaccount={namespace}:notebook
