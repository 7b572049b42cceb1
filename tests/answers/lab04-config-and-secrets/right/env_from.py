"""Both objects are read whole, with `envFrom`."""

# %% cell: give-path
#| !kubectl create configmap scorer-settings --from-literal=MODEL_PATH=/models/autumn.json --from-literal=LANGUAGE=en

# %% cell: give-token
#| !kubectl create secret generic feature-store --from-literal=FEATURES_TOKEN="$(cat token.txt)"
container = {
    "name": "scorer",
    "envFrom": [{"configMapRef": {"name": "scorer-settings"}}, {"secretRef": {"name": "feature-store"}}],
}
apps.patch_namespaced_deployment("scorer", namespace, {"spec": {"template": {"spec": {"containers": [container]}}}})
