"""Made with the Python client, with other labels, three copies and a probe that runs a command."""

# %% cell: serve-deployment
probe = "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/readyz', timeout=2)"
labels = {"app.kubernetes.io/name": "classifier", "team": "support"}
apps.create_namespaced_deployment(
    namespace,
    {
        "metadata": {"generateName": "classifier-", "labels": labels},
        "spec": {
            "replicas": 3,
            "selector": {"matchLabels": {"app.kubernetes.io/name": "classifier"}},
            "template": {
                "metadata": {"labels": labels},
                "spec": {
                    "containers": [
                        {
                            "name": "model",
                            "image": f"{images}/sentiment:1",
                            "readinessProbe": {
                                "exec": {"command": ["python", "-c", probe]},
                                "periodSeconds": 2,
                                "timeoutSeconds": 5,
                            },
                        }
                    ]
                },
            },
        },
    },
)

# %% cell: serve-service
core.create_namespaced_service(
    namespace,
    {
        "metadata": {"name": "sentiment"},
        "spec": {"selector": {"team": "support"}, "ports": [{"port": 80, "targetPort": 8080}]},
    },
)
