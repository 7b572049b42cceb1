"""Right, plus create on localsubjectaccessreviews in authorization.k8s.io, so that the notebook can call `may`."""

LOSES = [
    "`notebook` may do nothing else with Pods or any other kind of object, Secrets and the inside of Pods apart",
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

# The notebook calls `may` as well, and that was Forbidden: localsubjectaccessreviews.authorization.k8s.io
apply("""
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: ask
rules:
  - apiGroups: [authorization.k8s.io]
    resources: [localsubjectaccessreviews]
    verbs: [create]
""")

# %% cell: notebook-binding
#| !kubectl create rolebinding run-workers --role=run-workers --serviceaccount={namespace}:notebook
#| !kubectl create rolebinding ask --role=ask --serviceaccount={namespace}:notebook
