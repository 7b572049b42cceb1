"""The canary's one missing label is put on its Pod by hand, the others are in the templates."""

LOSES = [
    "what comes in the place of a Pod is found by the selectors that found the one before",
]

# %% cell: label-service
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


patch("ranker", model="ranking", api="v2")
#| !kubectl rollout status deployment/ranker2 --timeout=90s
#| !kubectl label pods -l app=ranker2 api=v2
