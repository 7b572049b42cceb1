"""`titles` says what its trainer needs, and nothing of the container beside it, for which the LimitRange speaks."""

LOSES = [
    "`titles` has as many ready Pods as it asks for, two or more, and they train",
]

# %% cell: fit-titles
trainer = {
    "name": "trainer",
    "resources": {"requests": {"cpu": "50m", "memory": "48Mi"}, "limits": {"cpu": "200m", "memory": "64Mi"}},
}
logs = {"name": "logs", "image": f"{images}/python:1", "command": ["sh", "-c", "sleep 1000000"]}
pod = {"containers": [trainer, logs]}
apps.patch_namespaced_deployment("titles", namespace, {"spec": {"template": {"spec": pod}}})
