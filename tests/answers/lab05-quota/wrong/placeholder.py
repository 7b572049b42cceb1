"""`titles` is a file server for the time being: it is ready, small, and trains nothing."""

LOSES = [
    "`titles` has as many ready Pods as it asks for, two or more, and they train",
    "every Pod of the trainers holds all of its examples and runs the program that was handed over",
    "every Pod of the trainers comes through an evaluation",
]

# %% cell: fit-titles
placeholder = {
    "name": "trainer",
    "command": ["python", "-m", "http.server", "8000"],
    "readinessProbe": {"httpGet": {"path": "/", "port": "http"}},
    "resources": {"requests": {"cpu": "20m", "memory": "24Mi"}, "limits": {"cpu": "200m", "memory": "48Mi"}},
}
apps.patch_namespaced_deployment("titles", namespace, {"spec": {"template": {"spec": {"containers": [placeholder]}}}})
