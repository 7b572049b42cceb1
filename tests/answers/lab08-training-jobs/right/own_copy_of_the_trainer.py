"""The trainer comes from a ConfigMap of the student's own, with the settings in another; the log is the only place of the result."""

# %% cell: train-once
core.create_namespaced_config_map(
    namespace,
    {"metadata": {"name": "mine"}, "data": core.read_namespaced_config_map("trainer", namespace).data},
)
core.create_namespaced_config_map(
    namespace,
    {"metadata": {"name": "settings"}, "data": {"LEARNING_RATE": "5e-1", "EPOCHS": "40"}},
)
container = {
    "name": "trainer",
    "image": f"{images}/python:1",
    "workingDir": "/mine",
    "command": ["python", "train.py"],
    "envFrom": [{"configMapRef": {"name": "settings"}}],
    "terminationMessagePath": "/tmp/last-words",
    "volumeMounts": [{"name": "mine", "mountPath": "/mine"}],
}
pod = {"restartPolicy": "Never", "containers": [container], "volumes": [{"name": "mine", "configMap": {"name": "mine"}}]}
batch.create_namespaced_job(namespace, {"metadata": {"name": "train"}, "spec": {"backoffLimit": 0, "template": {"spec": pod}}})
