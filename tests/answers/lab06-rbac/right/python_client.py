"""Made with the Python client: one rule for Pods and logs, generated names, the same account as two subjects."""

# %% cell: notebook-account
core.create_namespaced_service_account(namespace, {"metadata": {"name": "notebook", "labels": {"team": "research"}}})

# %% cell: notebook-role
made = rbac.create_namespaced_role(
    namespace,
    {
        "metadata": {"generateName": "workers-"},
        "rules": [
            {
                "apiGroups": [""],
                "resources": ["pods", "pods/log"],
                "verbs": ["get", "list", "watch", "create", "delete"],
            }
        ],
    },
)

# %% cell: notebook-binding
rbac.create_namespaced_role_binding(
    namespace,
    {
        "metadata": {"generateName": "workers-"},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": made.metadata.name},
        "subjects": [
            {"kind": "ServiceAccount", "name": "notebook", "namespace": namespace},
            {
                "kind": "User",
                "apiGroup": "rbac.authorization.k8s.io",
                "name": f"system:serviceaccount:{namespace}:notebook",
            },
        ],
    },
)
