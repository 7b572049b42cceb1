"""Other accounts and Roles lie around; no binding ties them together."""

# %% cell: notebook-account
#| !kubectl create serviceaccount notebook
#| !kubectl create serviceaccount dashboard

# %% after: notebook-role
apply("""
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: dashboard
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [get, list]
  - apiGroups: [apps]
    resources: [deployments/scale]
    verbs: [get, patch]
""")
