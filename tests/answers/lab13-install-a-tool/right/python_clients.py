"""All of it with the Python clients, the DaskCluster as a custom object."""

# %% cell: rights
#| from pathlib import Path
#|
six = ["get", "list", "watch", "create", "patch", "delete"]
rules = [
    {"apiGroups": ["kubernetes.dask.org"], "resources": ["daskclusters", "daskworkergroups"], "verbs": six},
    {"apiGroups": ["apps"], "resources": ["deployments"], "verbs": six},
    {"apiGroups": [""], "resources": ["services"], "verbs": six},
    {"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list", "watch"]},
]
named = {"metadata": {"name": "dask-operator"}}
core.create_namespaced_service_account(namespace, named)
rbac.create_namespaced_role(namespace, {**named, "rules": rules})
rbac.create_namespaced_role_binding(
    namespace,
    {
        **named,
        "subjects": [{"kind": "ServiceAccount", "name": "dask-operator", "namespace": namespace}],
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "dask-operator"},
    },
)

# %% cell: cluster
scheduler = {
    "name": "scheduler",
    "image": f"{images}/dask:1",
    "args": ["dask-scheduler"],
    "ports": [{"name": "tcp-comm", "containerPort": 8786}, {"name": "http-dashboard", "containerPort": 8787}],
    "resources": {"limits": {"cpu": "1", "memory": "150Mi"}, "requests": {"cpu": "20m", "memory": "80Mi"}},
}
worker = {
    "name": "worker",
    "image": f"{images}/dask:1",
    "args": ["dask-worker", "--name", "$(DASK_WORKER_NAME)", "--no-nanny", "--nthreads", "2"],
    "resources": {"limits": {"cpu": "1", "memory": "150Mi"}, "requests": {"cpu": "20m", "memory": "80Mi"}},
}
sweep = {
    "apiVersion": "kubernetes.dask.org/v1",
    "kind": "DaskCluster",
    "metadata": {"name": "sweep", "labels": {"team": "forecast", "until": "ten"}},
    "spec": {
        "scheduler": {
            "spec": {"containers": [scheduler]},
            "service": {
                "type": "ClusterIP",
                "selector": {"dask.org/cluster-name": "sweep", "dask.org/component": "scheduler"},
                "ports": [
                    {"name": "tcp-comm", "port": 8786, "targetPort": "tcp-comm"},
                    {"name": "http-dashboard", "port": 8787, "targetPort": "http-dashboard"},
                ],
            },
        },
        "worker": {"replicas": 2, "spec": {"containers": [worker]}},
    },
}
custom.create_namespaced_custom_object("kubernetes.dask.org", "v1", namespace, "daskclusters", sweep)

# %% cell: operator
operator = {
    "name": "operator",
    "image": f"{images}/dask:1",
    "command": ["kopf", "run", "--module=dask_kubernetes.operator.controller", "/srv/namespaced.py"],
    "args": [f"--namespace={namespace}", "--standalone"],
    "env": [{"name": "DASK_KUBERNETES__CONTROLLER__EVENTS__ENABLED", "value": "false"}],
    "resources": {"limits": {"cpu": "1", "memory": "200Mi"}, "requests": {"cpu": "20m", "memory": "100Mi"}},
}
labels = {"name": "dask-operator", "team": "forecast"}
apps.create_namespaced_deployment(
    namespace,
    {
        **named,
        "spec": {
            "selector": {"matchLabels": labels},
            "template": {
                "metadata": {"labels": labels},
                "spec": {"serviceAccountName": "dask-operator", "containers": [operator]},
            },
        },
    },
)
