"""A StatefulSet takes the finished Deployment's place, with its template and one label more."""

# %% after: clear-sight
template = apps.read_namespaced_deployment("scorer", namespace).spec.template
template.metadata.labels["role"] = "kept"
#| !kubectl delete deployment scorer --cascade=foreground
selector = {"matchLabels": {"app": "scorer", "role": "kept"}}
spec = {"replicas": 1, "serviceName": "scorer", "selector": selector, "template": template}
apps.create_namespaced_stateful_set(namespace, {"metadata": {"name": "scorer"}, "spec": spec})
#| !kubectl rollout status statefulset/scorer --timeout=120s
