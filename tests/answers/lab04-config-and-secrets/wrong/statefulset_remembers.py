"""The token was in the template of a StatefulSet at first, which keeps its old revision as a ControllerRevision."""

LOSES = [
    "the token is in no object of the namespace but Secrets",
]

# %% cell: give-token
#| !kubectl set env deployment/scorer DEBUG- FEATURES_TOKEN="$(cat token.txt)"
old = apps.read_namespaced_deployment("scorer", namespace).spec
#| !kubectl delete deployment scorer --cascade=foreground
spec = {"replicas": 1, "serviceName": "scorer", "selector": old.selector, "template": old.template}
apps.create_namespaced_stateful_set(namespace, {"metadata": {"name": "scorer"}, "spec": spec})
#| !kubectl rollout status statefulset/scorer --timeout=120s

# %% cell: clear-sight
#| !kubectl create secret generic feature-store --from-literal=FEATURES_TOKEN="$(cat token.txt)"
#| !kubectl set env statefulset/scorer --from=secret/feature-store
#| !kubectl rollout status statefulset/scorer --timeout=120s
