"""The Service is made before the Deployment, and both as one JSON list each."""

# %% cell: serve-deployment
import json
service = {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {"name": "sentiment"},
    "spec": {
        "selector": {"run": "model", "stage": "inbox"},
        "sessionAffinity": "ClientIP",
        "ports": [{"name": "web", "port": 80, "targetPort": "web"}],
    },
}
apply(json.dumps({"apiVersion": "v1", "kind": "List", "items": [service]}))

# %% cell: serve-service
labels = {"run": "model", "stage": "inbox"}
server = {
    "name": "server",
    "image": f"{images}/sentiment:2",
    "ports": [{"name": "web", "containerPort": 8080}],
    "readinessProbe": {"httpGet": {"path": "/readyz", "port": "web"}, "periodSeconds": 2},
}
deployment = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {"name": "model"},
    "spec": {
        "replicas": 2,
        "selector": {"matchExpressions": [{"key": "run", "operator": "In", "values": ["model", "server"]}]},
        "template": {"metadata": {"labels": labels}, "spec": {"containers": [server]}},
    },
}
apply(json.dumps({"apiVersion": "v1", "kind": "List", "items": [deployment]}))
