"""Capitals where the text has small letters."""

LOSES = [
    "`team=search` finds every Pod of `ranker`, `ranker2` and `rescore`, and no other",
    "the Service `ranking` sends requests to every ready Pod of `ranker` and `ranker2`, and to no other",
]

# %% cell: label-teams
def labels(name, **more):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": more}}}})


for name in ("ranker", "ranker2", "rescore"):
    labels(name, team="Search")
labels("bidder", team="ads")

# %% cell: label-pager
labels("ranker", tier="serving")
labels("bidder", tier="gateway")
labels("ranker2", tier="serving", track="canary")

# %% cell: label-service
labels("ranker", model="ranking", api="V2")
labels("ranker2", api="V2")
