"""A second Deployment does it right, and the first one still answers beside it."""

LOSES = [
    "every Pod behind the Service `scorer` works with the model `autumn`",
    "the feature store accepts the token of every Pod behind the Service `scorer`",
    "a new Pod works with the model that its ConfigMap names then",
    "a new Pod asks the feature store with the token that its Secret holds then",
    "a new Pod does not become ready where a ConfigMap or a Secret of its own is missing",
]

# %% cell: give-path
#| !kubectl create configmap scorer-settings --from-literal=MODEL_PATH=/models/autumn.json
#| !kubectl create secret generic feature-store --from-literal=FEATURES_TOKEN="$(cat token.txt)"
old = apps.read_namespaced_deployment("scorer", namespace)
old.metadata = kubernetes.client.V1ObjectMeta(name="scorer-2")
old.status = None
old.spec.template.spec.containers[0].env = None
old.spec.template.spec.containers[0].env_from = [
    {"configMapRef": {"name": "scorer-settings"}},
    {"secretRef": {"name": "feature-store"}},
]
apps.create_namespaced_deployment(namespace, old)

# %% cell: give-token
