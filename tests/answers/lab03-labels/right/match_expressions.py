"""`bidder` is made anew, under its name, with a selector that has expressions."""

# %% cell: label-teams
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


def remade(name, new_name, labels, **selector):
    """The Deployment once more, under a new name, with labels beside its own and with another selector."""
    old = apps.read_namespaced_deployment(name, namespace)
    old.spec.template.metadata.labels = {"app": name, **labels}
    old.spec.selector = kubernetes.client.V1LabelSelector(**selector)
    old.metadata = kubernetes.client.V1ObjectMeta(name=new_name)
    old.status = None
    return old


for name in ("ranker", "ranker2", "rescore"):
    patch(name, team="search")
expressions = [
    {"key": "app", "operator": "In", "values": ["bidder", "bidder2"]},
    {"key": "track", "operator": "DoesNotExist"},
    {"key": "team", "operator": "Exists"},
]
new = remade("bidder", "bidder", {"team": "ads"}, match_expressions=expressions)
apps.delete_namespaced_deployment("bidder", namespace)
#| !kubectl wait --for=delete deployment/bidder --timeout=60s
apps.create_namespaced_deployment(namespace, new)
