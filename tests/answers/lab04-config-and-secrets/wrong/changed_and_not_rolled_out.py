"""The ConfigMap was changed after the Pod had started, and the Pod was not replaced."""

LOSES = [
    "every Pod behind the Service `scorer` works with the model `autumn`",
]

# %% change: give-path
#- !kubectl create configmap scorer-settings --from-literal=MODEL_PATH=/models/autumn.json
#+ !kubectl create configmap scorer-settings --from-literal=MODEL_PATH=/models/spring.json

# %% after: clear-sight
#| !kubectl rollout status deployment/scorer --timeout=120s
core.patch_namespaced_config_map("scorer-settings", namespace, {"data": {"MODEL_PATH": "/models/autumn.json"}})
