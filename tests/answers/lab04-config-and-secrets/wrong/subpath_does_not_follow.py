"""The path is a single file mounted with `subPath`, which does not follow when the ConfigMap is changed."""

LOSES = [
    "every Pod behind the Service `scorer` works with the model `autumn`",
]

# %% cell: give-path
#| !kubectl create configmap scorer-settings --from-literal=path=/models/demo.json
container = {
    "name": "scorer",
    "env": [{"name": "MODEL_PATH_FILE", "value": "/etc/own-path"}],
    "volumeMounts": [{"name": "own", "mountPath": "/etc/own-path", "subPath": "path"}],
}
volume = {"name": "own", "configMap": {"name": "scorer-settings"}}
told = {"spec": {"template": {"spec": {"containers": [container], "volumes": [volume]}}}}
apps.patch_namespaced_deployment("scorer", namespace, told)

# %% after: clear-sight
#| !kubectl rollout status deployment/scorer --timeout=120s
core.patch_namespaced_config_map("scorer-settings", namespace, {"data": {"path": "/models/autumn.json"}})
#| !kubectl annotate pods -l app=scorer nudged=yes
