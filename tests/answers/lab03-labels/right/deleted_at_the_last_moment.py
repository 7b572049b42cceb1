"""Pods deleted at the end: those that come have their labels from the template."""

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
#| # what the next drained node will do; the answers should not change
#| !kubectl delete pods -l 'team in (search, ads)' --wait=false
