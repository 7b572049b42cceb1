"""A Role with nothing but asterisks. The API server refuses it, and the binding with it."""

LOSES = [
    "`notebook` may start worker Pods and remove them",
    "`notebook` may see its workers: look one up, list them, watch them",
    "`notebook` may read the logs of its workers",
    "`notebook` may do nothing else with Pods or any other kind of object, Secrets and the inside of Pods apart",
    "`notebook` may neither read Secrets nor step into a running Pod",
    "nobody but `notebook` was given anything, and nothing reaches another team's namespace",
]

# %% cell: notebook-role
apply("""
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: run-workers
rules:
  - apiGroups: ["*"]
    resources: ["*"]
    verbs: ["*"]
""")
