"""`ranker` is made anew as two Deployments of one Pod each, which keep apart by a label of their own."""

# %% after: label-service
spec = apps.read_namespaced_deployment("ranker", namespace).spec
#| !kubectl delete deployment ranker
spec.replicas = 1
for half in ("a", "b"):
    spec.selector.match_labels["half"] = half
    spec.template.metadata.labels["half"] = half
    apps.create_namespaced_deployment(namespace, {"metadata": {"name": f"ranker-{half}"}, "spec": spec})
