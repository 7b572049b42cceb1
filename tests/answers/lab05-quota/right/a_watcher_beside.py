"""A second container stands beside the trainer in each Pod of `titles`, with numbers of its own."""

# %% after: fit-titles
watcher = {
    "name": "watcher",
    "image": f"{images}/python:1",
    "command": ["python", "-c", "import time; time.sleep(10**6)"],
    "resources": {"requests": {"cpu": "5m", "memory": "12Mi"}, "limits": {"cpu": "50m", "memory": "24Mi"}},
}
quick = {"terminationGracePeriodSeconds": 1, "containers": [watcher]}
apps.patch_namespaced_deployment("titles", namespace, {"spec": {"template": {"spec": quick}}})
