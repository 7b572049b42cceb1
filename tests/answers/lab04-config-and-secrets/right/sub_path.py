"""Single files are mounted over a folder that is there, with `subPath`."""

# %% cell: give-path
#| !kubectl create configmap scorer-settings --from-literal=model=/models/autumn.json

# %% cell: give-token
#| !kubectl create secret generic feature-store --from-literal=token="$(cat token.txt)"
container = {
    "name": "scorer",
    "env": [
        {"name": "MODEL_PATH_FILE", "value": "/srv/model"},
        {"name": "FEATURES_TOKEN_FILE", "value": "/srv/token"},
    ],
    "volumeMounts": [
        {"name": "settings", "mountPath": "/srv/model", "subPath": "model"},
        {"name": "feature-store", "mountPath": "/srv/token", "subPath": "token"},
    ],
}
volumes = [
    {"name": "settings", "configMap": {"name": "scorer-settings"}},
    {"name": "feature-store", "secret": {"secretName": "feature-store"}},
]
told = {"spec": {"template": {"spec": {"containers": [container], "volumes": volumes}}}}
apps.patch_namespaced_deployment("scorer", namespace, told)
