"""A Pod of one's own for looking around carries the team's label."""

LOSES = [
    "`team=search` finds every Pod of `ranker`, `ranker2` and `rescore`, and no other",
]

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

# %% cell: label-service
#| labels("ranker", model="ranking", api="v2")
#| labels("ranker2", api="v2")
#| image = images + "/python:1"
#|
#| !kubectl run shell --image={image} --labels=team=search --command -- python -c "import time; time.sleep(1e7)"
#| !kubectl wait pod/shell --for=condition=Ready --timeout=120s
