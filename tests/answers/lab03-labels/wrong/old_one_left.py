"""`ranker` was made anew beside the old one, which runs on without the labels."""

LOSES = [
    "`team=search` finds every Pod of `ranker`, `ranker2` and `rescore`, and no other",
    "the pager's selector finds every Pod of `ranker` and `bidder`, and no other",
    "the Service `ranking` sends requests to every ready Pod of `ranker` and `ranker2`, and to no other",
]

# %% cell: label-teams
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


for name in ("ranker2", "rescore"):
    patch(name, team="search")
patch("bidder", team="ads")
old = apps.read_namespaced_deployment("ranker", namespace)
labels = {"app": "ranker", "release": "b", "team": "search", "tier": "serving", "model": "ranking", "api": "v2"}
old.spec.template.metadata.labels = labels
old.spec.selector.match_labels = {"app": "ranker", "release": "b"}
old.metadata = kubernetes.client.V1ObjectMeta(name="ranker-b")
old.status = None
apps.create_namespaced_deployment(namespace, old)

# %% cell: label-pager
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


patch("ranker2", tier="serving", track="canary")
patch("bidder", tier="serving")

# %% cell: label-service
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


patch("ranker2", api="v2")
