"""The Role is made empty and gets its rules by a patch."""

# %% cell: notebook-role
rbac.create_namespaced_role(namespace, {"metadata": {"name": "run-workers"}})
rbac.patch_namespaced_role(
    "run-workers",
    namespace,
    {
        "rules": [
            {"apiGroups": [""], "resources": ["pods"], "verbs": ["create", "delete", "get", "list", "watch"]},
            {"apiGroups": [""], "resources": ["pods/log"], "verbs": ["get"]},
        ]
    },
)
