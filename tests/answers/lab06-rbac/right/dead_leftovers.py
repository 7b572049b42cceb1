"""Bash cells and `kubectl auth reconcile`; left over are bindings to a Role that was deleted and to one of misspelt verbs."""

# %% cell: notebook-account
#| %%bash -s "$namespace"
#| kubectl -n "$1" create serviceaccount notebook

# %% cell: notebook-role
#| %%bash -s "$namespace"
#| # First try: whatever runs in my Pods is `default`, I thought, and everybody may look on.
#| kubectl -n "$1" create role first-try --verb=create,get,list,watch --resource=pods
#| kubectl -n "$1" create rolebinding first-try --role=first-try --serviceaccount="$1":default --group=system:authenticated
#| kubectl -n "$1" delete role first-try
#|
#| # Second try: the verbs in the spelling of the Python client's documentation.
#| kubectl -n "$1" apply -f - <<YAML
#| apiVersion: rbac.authorization.k8s.io/v1
#| kind: Role
#| metadata:
#|   name: second-try
#| rules:
#|   - apiGroups: [""]
#|     resources: [pods]
#|     verbs: [Create, Get, List, Watch, Delete, Patch, DeleteCollection]
#| YAML
#| kubectl -n "$1" create rolebinding second-try --role=second-try --serviceaccount="$1":default --serviceaccount="$1":notebook
#| true

# %% cell: notebook-binding
#| %%bash -s "$namespace"
#| kubectl auth reconcile -f - <<YAML
#| apiVersion: rbac.authorization.k8s.io/v1
#| kind: Role
#| metadata:
#|   name: third-try
#|   namespace: $1
#| rules:
#|   - apiGroups: [""]
#|     resources: [pods]
#|     verbs: [create, get, list, watch, delete]
#|   - apiGroups: [""]
#|     resources: [pods/log]
#|     verbs: [get]
#| ---
#| apiVersion: rbac.authorization.k8s.io/v1
#| kind: RoleBinding
#| metadata:
#|   name: third-try
#|   namespace: $1
#| subjects:
#|   - kind: ServiceAccount
#|     name: notebook
#|     namespace: $1
#| roleRef:
#|   apiGroup: rbac.authorization.k8s.io
#|   kind: Role
#|   name: third-try
#| YAML
