"""A second container, which ends when it is told to, gets its numbers in the same patch as that of `titles`."""

# %% cell: fit-titles
trainer = {
    "name": "trainer",
    "resources": {"requests": {"cpu": "50m", "memory": "48Mi"}, "limits": {"cpu": "200m", "memory": "64Mi"}},
}
keeper = {
    "name": "keeper",
    "image": f"{images}/python:1",
    "command": ["sh", "-c", "trap 'exit 0' TERM; while true; do sleep 5 & wait $!; done"],
    "resources": {"requests": {"cpu": "5m", "memory": "8Mi"}, "limits": {"cpu": "50m", "memory": "24Mi"}},
}
pod = {"containers": [trainer, keeper]}
apps.patch_namespaced_deployment("titles", namespace, {"spec": {"template": {"spec": pod}}})
