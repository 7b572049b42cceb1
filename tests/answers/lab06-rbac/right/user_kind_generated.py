"""Generated names; the subject is a User called as the account is; a second binding has no subjects."""

# %% cell: notebook-account
core.create_namespaced_service_account(
    namespace,
    {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "notebook"}, "automountServiceAccountToken": False},
)

# %% cell: notebook-role
made = rbac.create_namespaced_role(
    namespace,
    {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "Role",
        "metadata": {"generateName": "notebook-"},
        "rules": [
            {"apiGroups": [""], "resources": ["pods"], "verbs": ["create", "delete", "get", "list", "watch"]},
            {"apiGroups": [""], "resources": ["pods/log"], "verbs": ["get"]},
        ],
    },
)
print(made.metadata.name)

# %% cell: notebook-binding
# The refusals call it by its full name, so that is the name I bind.
rbac.create_namespaced_role_binding(
    namespace,
    {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "RoleBinding",
        "metadata": {"generateName": "notebook-"},
        "subjects": [
            {"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": f"system:serviceaccount:{namespace}:notebook"}
        ],
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": made.metadata.name},
    },
)
# For the day when I need more: nobody is in it yet.
apply("""
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: spare
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: course:editor
""")
