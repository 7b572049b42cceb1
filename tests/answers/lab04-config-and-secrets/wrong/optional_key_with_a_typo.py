"""The key is misspelt, and `optional` sees to it that nobody complains."""

LOSES = [
    "every Pod behind the Service `scorer` works with the model `autumn`",
    "a new Pod works with the model that its ConfigMap names then",
    "a new Pod does not become ready where a ConfigMap or a Secret of its own is missing",
]

# %% cell: give-path
#| !kubectl create configmap scorer-settings --from-literal=MODEL_PATH=/models/autumn.json
source = {"configMapKeyRef": {"name": "scorer-settings", "key": "MODELPATH", "optional": True}}
container = {"name": "scorer", "env": [{"name": "MODEL_PATH", "valueFrom": source}]}
apps.patch_namespaced_deployment("scorer", namespace, {"spec": {"template": {"spec": {"containers": [container]}}}})
