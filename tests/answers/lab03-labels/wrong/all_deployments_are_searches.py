"""A loop over every Deployment gives the neighbours' server to search, and nobody gives it back."""

LOSES = [
    "`team=search` finds every Pod of `ranker`, `ranker2` and `rescore`, and no other",
    "each of the five workloads has its Pods, and they are found by what they were found by before",
]

# %% cell: label-teams
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


for each in apps.list_namespaced_deployment(namespace).items:
    patch(each.metadata.name, team="search")
patch("bidder", team="ads")
