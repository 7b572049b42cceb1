"""The operator is there first, asks in vain, and is given its rights a moment later."""

# %% cell: rights
#| from pathlib import Path
#|
#| !kubectl create serviceaccount dask-operator

# %% after: operator
Path("rights.yaml").write_text("""\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: dask
rules:
  - apiGroups: [kubernetes.dask.org]
    resources: [daskclusters, daskworkergroups]
    verbs: [get, list, watch, create, patch, delete]
  - apiGroups: [apps]
    resources: [deployments]
    verbs: [get, list, watch, create, patch, delete]
  - apiGroups: [""]
    resources: [services]
    verbs: [get, list, watch, create, patch, delete]
  - apiGroups: [""]
    resources: [pods]
    verbs: [get, list, watch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: dask
subjects:
  - kind: ServiceAccount
    name: dask-operator
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: dask
""")
#| %apply rights.yaml
