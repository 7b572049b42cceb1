"""Every Deployment in the namespace is said to serve, the neighbours' and the batch job included."""

LOSES = [
    "the pager's selector finds every Pod of `ranker` and `bidder`, and no other",
]

# %% cell: label-pager
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


for each in apps.list_namespaced_deployment(namespace).items:
    patch(each.metadata.name, tier="serving")
patch("ranker2", track="canary")
