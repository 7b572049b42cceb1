"""Right, plus create on serviceaccounts/token with resourceNames [notebook]."""

LOSES = [
    "`notebook` may neither read Secrets nor step into a running Pod",
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

# A sweep takes longer than a token lives: let it make itself a new one, and only itself.
apply("""
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: renew-token
rules:
  - apiGroups: [""]
    resources: [serviceaccounts/token]
    resourceNames: [notebook]
    verbs: [create]
""")

# %% cell: notebook-binding
#| !kubectl create rolebinding run-workers --role=run-workers --serviceaccount={namespace}:notebook
#| !kubectl create rolebinding renew-token --role=renew-token --serviceaccount={namespace}:notebook
