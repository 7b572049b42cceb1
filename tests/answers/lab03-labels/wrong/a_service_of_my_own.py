"""A second Service that finds them, beside the one that others use."""

LOSES = [
    "the Service `ranking` sends requests to every ready Pod of `ranker` and `ranker2`, and to no other",
]

# %% cell: label-teams
def labels(name, **more):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": more}}}})

for name in ("ranker", "ranker2", "rescore"):
    labels(name, team="search")
labels("bidder", team="ads")

# %% cell: label-pager
labels("ranker", tier="serving")
labels("bidder", tier="gateway")
labels("ranker2", tier="serving", track="canary")

# %% cell: label-service
labels("ranker", serves="search")
labels("ranker2", serves="search")
core.create_namespaced_service(namespace, {"metadata": {"name": "ranking-search"}, "spec": {"selector": {"serves": "search"}, "ports": [{"port": 80, "targetPort": 8000}]}}).metadata.name
