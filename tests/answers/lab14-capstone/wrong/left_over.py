"""A Pod of an afternoon's search has ended, and is still there."""

LOSES = [
    "everything that was made carries the label `app.kubernetes.io/part-of=triage`",
]

# %% after: guard
search = {
    "name": "search",
    "image": f"{images}/python:1",
    "command": ["python", "-c", "print('where is it?')"],
    "resources": {"requests": {"cpu": "10m", "memory": "16Mi"}, "limits": {"cpu": "100m", "memory": "32Mi"}},
}
spec = {"restartPolicy": "Never", "containers": [search]}
result = core.create_namespaced_pod(namespace, {"metadata": {"name": "debug", "labels": {"app": "debug"}}, "spec": spec})
