"""The canary's track is set on its live Pod: the pager is spared until the next one comes."""

LOSES = [
    "what comes in the place of a Pod is found by the selectors that found the one before",
]

# %% cell: label-pager
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


patch("ranker", tier="serving")
patch("ranker2", tier="serving")
patch("bidder", tier="serving")

# %% cell: label-service
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


patch("ranker", model="ranking", api="v2")
patch("ranker2", model="ranking", api="v2")
#| !kubectl rollout status deployment/ranker2 --timeout=90s
#| !kubectl label pods -l app=ranker2 track=canary --overwrite
