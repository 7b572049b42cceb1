"""The path is a file, and the ConfigMap is changed once the Pod runs: the file follows, and no new Pod is needed."""

# %% cell: give-path
#| !kubectl create configmap scorer-settings --from-literal=path=/models/demo.json
container = {
    "name": "scorer",
    "env": [{"name": "MODEL_PATH_FILE", "value": "/etc/own/path"}],
    "volumeMounts": [{"name": "own", "mountPath": "/etc/own"}],
}
volume = {"name": "own", "configMap": {"name": "scorer-settings"}}
told = {"spec": {"template": {"spec": {"containers": [container], "volumes": [volume]}}}}
apps.patch_namespaced_deployment("scorer", namespace, told)

# %% after: clear-sight
#| !kubectl rollout status deployment/scorer --timeout=120s
core.patch_namespaced_config_map("scorer-settings", namespace, {"data": {"path": "/models/autumn.json"}})
#| !kubectl annotate pods -l app=scorer nudged=yes
#| !for i in $(seq 50); do kubectl get --raw /api/v1/namespaces/{namespace}/services/scorer:80/proxy/ | grep autumn && break; sleep 3; done
