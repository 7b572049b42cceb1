"""The variables that the server reads are made of two others, as `$(CHOSEN)` and `$(GIVEN)`."""

# %% cell: give-path
#| !kubectl create configmap scorer-settings --from-literal=MODEL_PATH=/models/autumn.json

# %% cell: give-token
#| !kubectl create secret generic feature-store --from-literal=FEATURES_TOKEN="$(cat token.txt)"

# %% cell: clear-sight
env = [
    {"name": "CHOSEN", "valueFrom": {"configMapKeyRef": {"name": "scorer-settings", "key": "MODEL_PATH"}}},
    {"name": "GIVEN", "valueFrom": {"secretKeyRef": {"name": "feature-store", "key": "FEATURES_TOKEN"}}},
    {"name": "MODEL_PATH", "value": "$(CHOSEN)"},
    {"name": "FEATURES_TOKEN", "value": "$(GIVEN)"},
]
patch = [{"op": "replace", "path": "/spec/template/spec/containers/0/env", "value": env}]  # without DEBUG
apps.patch_namespaced_deployment("scorer", namespace, patch)
