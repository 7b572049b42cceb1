"""A Pod let go by a label of its own, and deleted."""

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
#| # take one Pod out of the crowd to look at it, and throw it away afterwards
#| pod = next(each.metadata.name for each in core.list_namespaced_pod(namespace, label_selector="app=ranker").items if not each.metadata.deletion_timestamp)
#| !kubectl label pod {pod} app-
#| !kubectl get pods --show-labels
#| !kubectl delete pod {pod}
#| !kubectl rollout status deployment/ranker --timeout=60s
