"""A second ConfigMap, for extras, is read with `envFrom` and is optional."""

LOSES = [
    "a new Pod does not become ready where a ConfigMap or a Secret of its own is missing",
]

# %% after: give-path
#| !kubectl create configmap scorer-extras --from-literal=LOG_LEVEL=info
container = {"name": "scorer", "envFrom": [{"configMapRef": {"name": "scorer-extras", "optional": True}}]}
apps.patch_namespaced_deployment("scorer", namespace, {"spec": {"template": {"spec": {"containers": [container]}}}})
