"""The teams were mixed up at first, then one change undone and made again."""

# %% cell: label-teams
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


for name in ("ranker", "ranker2", "rescore", "bidder", "ledger"):
    patch(name, team="ads")
for name in ("ranker", "ranker2", "rescore"):
    patch(name, team="search")
patch("ledger", team="payments")
#| !kubectl rollout undo deployment/rescore
patch("rescore", team="search")

# %% cell: label-service
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


for name in ("ranker", "ranker2", "rescore"):
    patch(name, model="ranking", api="v2")
patch("rescore", api=None)
#| !kubectl label service ranking team=search
