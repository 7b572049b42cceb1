"""One loop over all Deployments: everybody is in the same team."""

LOSES = [
    "`team=search` finds every Pod of `ranker`, `ranker2` and `rescore`, and no other",
    "each of the five workloads has its Pods, and they are found by what they were found by before",
]

# %% cell: label-teams
def labels(name, **more):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": more}}}})


for each in apps.list_namespaced_deployment(namespace).items:
    labels(each.metadata.name, team="ads" if each.metadata.name == "bidder" else "search")

# %% cell: label-pager
labels("ranker", tier="serving")
labels("bidder", tier="gateway")
labels("ranker2", tier="serving", track="canary")

# %% cell: label-service
labels("ranker", model="ranking", api="v2")
labels("ranker2", api="v2")
