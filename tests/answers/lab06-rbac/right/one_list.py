"""All three objects in one List, applied on the server's side."""

# %% cell: notebook-account

# %% cell: notebook-role

# %% cell: notebook-binding
import json

group = "rbac.authorization.k8s.io"
named = {"name": "notebook"}
rules = [
    {"apiGroups": [""], "resources": ["pods"], "verbs": ["create", "delete", "get", "list", "watch"]},
    {"apiGroups": [""], "resources": ["pods/log"], "verbs": ["get"]},
]
subject = {"kind": "ServiceAccount", "name": "notebook", "namespace": namespace}
items = [
    {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": named},
    {"apiVersion": f"{group}/v1", "kind": "Role", "metadata": named, "rules": rules},
    {
        "apiVersion": f"{group}/v1",
        "kind": "RoleBinding",
        "metadata": named,
        "subjects": [subject],
        "roleRef": {"apiGroup": group, "kind": "Role", "name": "notebook"},
    },
]
whole = json.dumps({"apiVersion": "v1", "kind": "List", "items": items})
subprocess.run(["kubectl", "apply", "--server-side", "-f", "-"], input=whole, text=True, check=True)
