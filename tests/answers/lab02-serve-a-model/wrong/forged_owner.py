"""A Pod made by hand stands behind the Service and says that a Deployment owns it."""

LOSES = [
    "every Pod behind the Service `sentiment` is kept by a Deployment",
]

# %% after: serve-service
owner = apps.read_namespaced_deployment("sentiment", namespace)
core.create_namespaced_pod(
    namespace,
    {
        "metadata": {
            "name": "sentiment-adopted",
            "labels": {"app": "sentiment", "by": "hand"},
            "ownerReferences": [
                {"apiVersion": "apps/v1", "kind": "Deployment", "name": "sentiment", "uid": owner.metadata.uid, "controller": True}
            ],
        },
        "spec": {
            "containers": [
                {
                    "name": "server",
                    "image": f"{images}/sentiment:1",
                    "readinessProbe": {"httpGet": {"path": "/readyz", "port": 8080}, "periodSeconds": 1},
                }
            ]
        },
    },
)
