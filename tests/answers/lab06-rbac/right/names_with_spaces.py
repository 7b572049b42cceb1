"""Six Roles of one right each, with capitals, colons and spaces in their names; each binding names `notebook` three times."""

# %% cell: notebook-account
core.create_namespaced_service_account(namespace, kubernetes.client.V1ServiceAccount(metadata={"name": "notebook"}))

# %% cell: notebook-role
needs = {
    "Notebook: may START a worker": ("create", "pods"),
    "Notebook: may REMOVE a worker": ("delete", "pods"),
    "Notebook: may look ONE up": ("get", "pods"),
    "Notebook: may list ALL": ("list", "pods"),
    "Notebook: may watch (them)": ("watch", "pods"),
    "Notebook: may read logs": ("get", "pods/log"),
}
for name, (verb, resource) in needs.items():
    rbac.create_namespaced_role(
        namespace,
        {
            "apiVersion": "rbac.authorization.k8s.io/v1",
            "kind": "Role",
            # seen in the ClusterRoles of other people; on a Role it is a label like any other
            "metadata": {"name": name, "labels": {"rbac.authorization.k8s.io/aggregate-to-view": "true"}},
            "rules": [{"apiGroups": [""], "resources": [resource], "verbs": [verb]}],
        },
    )

# %% cell: notebook-binding
for name in needs:
    rbac.create_namespaced_role_binding(
        namespace,
        {
            "apiVersion": "rbac.authorization.k8s.io/v1",
            "kind": "RoleBinding",
            "metadata": {"name": name},
            "subjects": [
                {"kind": "ServiceAccount", "name": "notebook"},
                {"kind": "ServiceAccount", "name": "notebook", "namespace": namespace},
                {"kind": "ServiceAccount", "name": "notebook", "namespace": ""},
            ],
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": name},
        },
    )
