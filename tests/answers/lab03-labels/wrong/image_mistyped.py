"""The change of `bidder` also has a new tag for its image, which nobody has built: its rollout gets nowhere."""

LOSES = [
    "`team=ads` finds every Pod of `bidder`, and no other",
    "the pager's selector finds every Pod of `ranker` and `bidder`, and no other",
]

# %% cell: label-teams
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


for name in ("ranker", "ranker2", "rescore"):
    patch(name, team="search")
newer = {"metadata": {"labels": {"team": "ads"}}, "spec": {"containers": [{"name": "bidder", "image": f"{images}/python:l"}]}}
apps.patch_namespaced_deployment("bidder", namespace, {"spec": {"template": newer}})
