"""A binding is to point at another Role. A roleRef cannot be changed, so the empty one stays."""

LOSES = [
    "`notebook` may start worker Pods and remove them",
    "`notebook` may see its workers: look one up, list them, watch them",
    "`notebook` may read the logs of its workers",
    "`notebook` may do nothing else with Pods or any other kind of object, Secrets and the inside of Pods apart",
    "`notebook` may neither read Secrets nor step into a running Pod",
    "nobody but `notebook` was given anything, and nothing reaches another team's namespace",
]

# %% before: notebook-role
apply("""
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: first-try
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
  name: first-try
""")
