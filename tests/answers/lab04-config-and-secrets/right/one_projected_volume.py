"""One projected volume brings both keys under other names, and the patch that mounts it takes DEBUG away."""

# %% cell: give-path
#| !kubectl create configmap scorer-settings --from-literal=MODEL_PATH=/models/autumn.json

# %% cell: give-token
#| !kubectl create secret generic feature-store --from-literal=FEATURES_TOKEN="$(cat token.txt)"
sources = [
    {"configMap": {"name": "scorer-settings", "items": [{"key": "MODEL_PATH", "path": "path"}]}},
    {"secret": {"name": "feature-store", "items": [{"key": "FEATURES_TOKEN", "path": "token"}]}},
]
container = {
    "name": "scorer",
    "env": [
        {"name": "MODEL_PATH_FILE", "value": "/etc/told/path"},
        {"name": "FEATURES_TOKEN_FILE", "value": "/etc/told/token"},
        {"name": "DEBUG", "$patch": "delete"},
    ],
    "volumeMounts": [{"name": "told", "mountPath": "/etc/told", "readOnly": True}],
}
volume = {"name": "told", "projected": {"sources": sources}}
told = {"spec": {"template": {"spec": {"containers": [container], "volumes": [volume]}}}}
apps.patch_namespaced_deployment("scorer", namespace, told)

# %% cell: clear-sight
