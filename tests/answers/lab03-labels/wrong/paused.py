"""The rollout of `bidder` was paused first, and never resumed."""

LOSES = [
    "`team=ads` finds every Pod of `bidder`, and no other",
    "the pager's selector finds every Pod of `ranker` and `bidder`, and no other",
]

# %% cell: label-teams
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


#| !kubectl rollout pause deployment/bidder
for name in ("ranker", "ranker2", "rescore"):
    patch(name, team="search")
patch("bidder", team="ads")
