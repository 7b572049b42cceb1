"""Create, list, watch on all Pods; get and delete on pods and get on pods/log only for worker-0 to worker-7."""

LOSES = [
    "`notebook` may start worker Pods and remove them",
    "`notebook` may see its workers: look one up, list them, watch them",
    "`notebook` may read the logs of its workers",
]

# %% cell: notebook-account
#| !kubectl create serviceaccount notebook

# %% cell: notebook-role
# Eight settings, eight workers: worker-0 to worker-7. Least privilege means no other Pod.
workers = ", ".join(f"worker-{number}" for number in range(8))
apply(f"""
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: run-workers
rules:
  - apiGroups: [""]
    resources: [pods]
    verbs: [create, list, watch]
  - apiGroups: [""]
    resources: [pods]
    resourceNames: [{workers}]
    verbs: [get, delete]
  - apiGroups: [""]
    resources: [pods/log]
    resourceNames: [{workers}]
    verbs: [get]
""")

# %% cell: notebook-binding
#| !kubectl create rolebinding run-workers --role=run-workers --serviceaccount={namespace}:notebook
