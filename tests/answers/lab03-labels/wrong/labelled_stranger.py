"""A Pod that somebody tried something in is left behind with the team's label."""

LOSES = [
    "`team=search` finds every Pod of `ranker`, `ranker2` and `rescore`, and no other",
]

# %% cell: label-teams
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


for name in ("ranker", "ranker2", "rescore"):
    patch(name, team="search")
patch("bidder", team="ads")
#| !kubectl run try --image={images}/python:1 --labels=team=search -- python -c 'import time; time.sleep(10**6)'
