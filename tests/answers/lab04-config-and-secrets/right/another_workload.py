"""The Deployment is deleted, and a StatefulSet of two takes its place."""

# %% cell: give-path
#| !kubectl create configmap scorer-settings --from-literal=MODEL_PATH=/models/autumn.json
#| !kubectl create secret generic feature-store --from-literal=FEATURES_TOKEN="$(cat token.txt)"
old = apps.read_namespaced_deployment("scorer", namespace).spec
container = old.template.spec.containers[0]
container.env = None
container.env_from = [{"configMapRef": {"name": "scorer-settings"}}, {"secretRef": {"name": "feature-store"}}]
#| !kubectl delete deployment scorer
spec = {"replicas": 2, "serviceName": "scorer", "selector": old.selector, "template": old.template}
apps.create_namespaced_stateful_set(namespace, {"metadata": {"name": "scorer"}, "spec": spec})
#| !kubectl rollout status statefulset/scorer --timeout=120s

# %% cell: give-token

# %% cell: clear-sight
