"""The team of `bidder` is written as an annotation of its template."""

LOSES = [
    "`team=ads` finds every Pod of `bidder`, and no other",
]

# %% cell: label-teams
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


for name in ("ranker", "ranker2", "rescore"):
    patch(name, team="search")
note = {"metadata": {"annotations": {"team": "ads"}}}
apps.patch_namespaced_deployment("bidder", namespace, {"spec": {"template": note}})
