"""A Pod of `ranker` was taken out of its Deployment to look at it, and forgotten."""

LOSES = [
    "`team=search` finds every Pod of `ranker`, `ranker2` and `rescore`, and no other",
    "the pager's selector finds every Pod of `ranker` and `bidder`, and no other",
    "the Service `ranking` sends requests to every ready Pod of `ranker` and `ranker2`, and to no other",
]

# %% cell: label-service
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


for name in ("ranker", "ranker2"):
    patch(name, model="ranking", api="v2")
#| !kubectl rollout status deployment/ranker --timeout=90s
running = core.list_namespaced_pod(namespace, label_selector="app=ranker,model=ranking").items
aside = [each.metadata.name for each in running if not each.metadata.deletion_timestamp][0]
#| !kubectl label pod {aside} app=ranker-debug --overwrite
