"""One projected volume brings the ConfigMap's and the Secret's key into one folder."""

# %% cell: give-path
#| !kubectl create configmap scorer-settings --from-literal=path=/models/autumn.json

# %% cell: give-token
#| !kubectl create secret generic feature-store --from-literal=token="$(cat token.txt)"
sources = [
    {"configMap": {"name": "scorer-settings"}},
    {"secret": {"name": "feature-store", "items": [{"key": "token", "path": "secret/token"}]}},
]
container = {
    "name": "scorer",
    "env": [
        {"name": "MODEL_PATH_FILE", "value": "/settings/path"},
        {"name": "FEATURES_TOKEN_FILE", "value": "/settings/secret/token"},
    ],
    "volumeMounts": [{"name": "settings", "mountPath": "/settings"}],
}
volume = {"name": "settings", "projected": {"sources": sources}}
told = {"spec": {"template": {"spec": {"containers": [container], "volumes": [volume]}}}}
apps.patch_namespaced_deployment("scorer", namespace, told)
