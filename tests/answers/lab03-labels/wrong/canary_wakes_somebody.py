"""The canary serves, and its track keeps a value that the pager does not know."""

LOSES = [
    "the pager's selector finds every Pod of `ranker` and `bidder`, and no other",
]

# %% cell: label-pager
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


for name in ("ranker", "ranker2", "bidder"):
    patch(name, tier="serving")
