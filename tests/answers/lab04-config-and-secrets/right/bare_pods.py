"""Two Pods with nobody over them, made from the Deployment's template, take its place behind the Service."""

# %% after: clear-sight
spec = apps.read_namespaced_deployment("scorer", namespace).spec.template.spec
#| !kubectl delete deployment scorer --cascade=foreground
for name in ("scorer-a", "scorer-b"):
    core.create_namespaced_pod(namespace, {"metadata": {"name": name, "labels": {"app": "scorer"}}, "spec": spec})
#| !kubectl wait pod/scorer-a pod/scorer-b --for=condition=ready --timeout=120s
