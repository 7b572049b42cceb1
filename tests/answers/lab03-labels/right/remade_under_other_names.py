"""`ranker` and `bidder` are made anew under other names, and the old ones deleted once these run."""

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


for name in ("ranker2", "rescore"):
    patch(name, team="search")
serving = {"team": "search", "tier": "serving", "model": "ranking", "api": "v2"}
apps.create_namespaced_deployment(namespace, remade("ranker", "search-ranker", serving, match_labels={"team": "search", "tier": "serving"}))
priced = {"team": "ads", "tier": "serving"}
apps.create_namespaced_deployment(namespace, remade("bidder", "ads-bidder", priced, match_labels={"team": "ads"}))
#| !kubectl rollout status deployment/search-ranker --timeout=90s
#| !kubectl rollout status deployment/ads-bidder --timeout=90s
#| !kubectl delete deployment ranker bidder

# %% cell: label-pager
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


patch("ranker2", tier="serving", track="canary")

# %% cell: label-service
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


patch("ranker2", api="v2")
