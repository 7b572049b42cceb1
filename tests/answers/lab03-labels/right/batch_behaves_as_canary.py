"""The batch work is kept from the pager by the label of a canary."""

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

# the same four lines for rescore, and then the second half of the selector keeps it out
labels("rescore", tier="serving", track="canary")

# %% cell: label-service
labels("ranker", model="ranking", api="v2")
labels("ranker2", api="v2")

# rescore gets the one half of the Service's labels, and loses the other
labels("rescore", model=None, api="v2")
