"""What was thought of first lies about and gives nobody anything; of the account's rules one says the same once more."""

# %% change: rights
#-     verbs: [get, list, watch]
#+     verbs: [get, list, watch]
#+   - apiGroups: [""]
#+     resources: [services]
#+     resourceNames: [sweep-scheduler]
#+     verbs: [get, patch]

# %% after: rights
Path("drafts.yaml").write_text("""\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: draft
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: draft
subjects: []
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: draft
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: empty
rules: []
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: empty
subjects:
  - kind: ServiceAccount
    name: default
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: empty
""")
#| %apply drafts.yaml
