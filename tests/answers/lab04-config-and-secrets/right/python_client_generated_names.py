"""The cluster makes up the names of both objects, which are immutable, and one old revision is kept."""

# %% cell: give-path
wanted = {"metadata": {"generateName": "scorer-settings-"}, "data": {"MODEL_PATH": "/models/autumn.json"}, "immutable": True}
settings = core.create_namespaced_config_map(namespace, wanted).metadata.name

# %% cell: give-token
token = {"FEATURES_TOKEN": open("token.txt").read().strip()}
wanted = {"metadata": {"generateName": "scorer-token-"}, "stringData": token, "immutable": True}
secret = core.create_namespaced_secret(namespace, wanted).metadata.name

# %% cell: clear-sight
container = {
    "name": "scorer",
    "env": [
        {"name": "MODEL_PATH", "valueFrom": {"configMapKeyRef": {"name": settings, "key": "MODEL_PATH"}}},
        {"name": "FEATURES_TOKEN", "valueFrom": {"secretKeyRef": {"name": secret, "key": "FEATURES_TOKEN"}}},
        {"name": "DEBUG", "$patch": "delete"},
    ],
}
spec = {"revisionHistoryLimit": 1, "template": {"spec": {"containers": [container]}}}
apps.patch_namespaced_deployment("scorer", namespace, {"spec": spec})
