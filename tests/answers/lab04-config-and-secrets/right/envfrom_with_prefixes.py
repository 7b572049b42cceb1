"""Both objects are read with `envFrom`, and only with its prefixes do their keys become what the server reads."""

# %% cell: give-path
#| !kubectl create configmap about-the-model --from-literal=PATH=/models/autumn.json --from-literal=OWNER=us

# %% cell: give-token
#| !kubectl create secret generic about-the-store --from-literal=TOKEN="$(cat token.txt)"
container = {
    "name": "scorer",
    "envFrom": [
        {"prefix": "MODEL_", "configMapRef": {"name": "about-the-model"}},
        {"prefix": "FEATURES_", "secretRef": {"name": "about-the-store"}},
    ],
}
apps.patch_namespaced_deployment("scorer", namespace, {"spec": {"template": {"spec": {"containers": [container]}}}})
