"""The canary's label put onto its Pod and not into the template."""

LOSES = [
    "what comes in the place of a Pod is found by the selectors that found the one before",
]

# %% cell: label-teams
def labels(name, **more):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": more}}}})

for name in ("ranker", "ranker2", "rescore"):
    labels(name, team="search")
labels("bidder", team="ads")

# %% cell: label-pager
for name in ("ranker", "ranker2", "bidder"):
    labels(name, tier="serving")

# %% cell: label-service
#| labels("ranker", model="ranking", api="v2")
#| labels("ranker2", api="v2")
#| for name in ('ranker', 'ranker2', 'rescore', 'bidder'):
#|     !kubectl rollout status deployment/{name} --timeout=120s
#|
#| # the pager finds the canary: say what it is
#| !kubectl label pods -l app=ranker2 track=canary --overwrite
