"""A Pod let go and left running: it is no workload's, and counted all the same."""

LOSES = [
    "`team=search` finds every Pod of `ranker`, `ranker2` and `rescore`, and no other",
    "the pager's selector finds every Pod of `ranker` and `bidder`, and no other",
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
#| labels("ranker", model="ranking", api="v2")
#| labels("ranker2", api="v2")
#| for name in ('ranker', 'ranker2', 'rescore', 'bidder'):
#|     !kubectl rollout status deployment/{name} --timeout=120s
#|
#| # keep one of them aside, to look at its memory
#| pod = next(each.metadata.name for each in core.list_namespaced_pod(namespace, label_selector="app=ranker").items if not each.metadata.deletion_timestamp)
#| !kubectl label pod {pod} app=ranker-aside --overwrite
#| !kubectl rollout status deployment/ranker --timeout=60s
