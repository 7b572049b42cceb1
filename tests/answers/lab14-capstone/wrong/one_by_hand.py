"""A third server stands behind the Service, made by hand."""

LOSES = [
    "another Pod that asks `http://triage` is told the right scores, by two ready Pods or more, all of the Deployment `triage`",
]

# %% after: serve
template = apps.read_namespaced_deployment("triage", namespace).spec.template
by_hand = {"metadata": {"name": "triage-by-hand", "labels": template.metadata.labels}, "spec": template.spec}
core.create_namespaced_pod(namespace, by_hand)
