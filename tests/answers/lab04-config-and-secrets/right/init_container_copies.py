"""An init container copies path and token out of the mounted objects, and the server sees the copies alone."""

# %% cell: give-path
#| !kubectl create configmap scorer-settings --from-literal=MODEL_PATH=/models/autumn.json

# %% cell: give-token
#| !kubectl create secret generic feature-store --from-literal=FEATURES_TOKEN="$(cat token.txt)"
program = """
import shutil
shutil.copyfile("/from/a/MODEL_PATH", "/told/MODEL_PATH")
shutil.copyfile("/from/b/FEATURES_TOKEN", "/told/FEATURES_TOKEN")
"""
told = {"name": "told", "mountPath": "/told"}
copies = {
    "name": "copy",
    "image": f"{images}/python:1",
    "command": ["python", "-c", program],
    "volumeMounts": [told, {"name": "from-a", "mountPath": "/from/a"}, {"name": "from-b", "mountPath": "/from/b"}],
}
container = {
    "name": "scorer",
    "env": [
        {"name": "MODEL_PATH_FILE", "value": "/told/MODEL_PATH"},
        {"name": "FEATURES_TOKEN_FILE", "value": "/told/FEATURES_TOKEN"},
    ],
    "volumeMounts": [told],
}
volumes = [
    {"name": "told", "emptyDir": {"medium": "Memory"}},
    {"name": "from-a", "configMap": {"name": "scorer-settings"}},
    {"name": "from-b", "secret": {"secretName": "feature-store"}},
]
pod = {"initContainers": [copies], "containers": [container], "volumes": volumes}
apps.patch_namespaced_deployment("scorer", namespace, {"spec": {"template": {"spec": pod}}})
