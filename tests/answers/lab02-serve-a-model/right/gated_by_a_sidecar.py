"""Whether the model is loaded is asked by a sidecar, whose readiness holds the Pod back; the server has no probe."""

# %% cell: serve-deployment
gate = "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/readyz', timeout=2)"
apps.create_namespaced_deployment(
    namespace,
    {
        "metadata": {"name": "sentiment"},
        "spec": {
            "replicas": 2,
            "selector": {"matchLabels": {"app": "sentiment"}},
            "template": {
                "metadata": {"labels": {"app": "sentiment"}},
                "spec": {
                    "initContainers": [
                        {
                            "name": "gate",
                            "image": f"{images}/python:1",
                            "command": ["sleep", "infinity"],
                            "restartPolicy": "Always",
                            "readinessProbe": {"exec": {"command": ["python3", "-c", gate]}, "periodSeconds": 1, "timeoutSeconds": 5},
                        }
                    ],
                    "containers": [{"name": "server", "image": f"{images}/sentiment:1"}],
                },
            },
        },
    },
)
