"""The last change of `bidder` is rolled back after all of it was right."""

LOSES = [
    "the pager's selector finds every Pod of `ranker` and `bidder`, and no other",
]

# %% cell: label-service
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


for name in ("ranker", "ranker2"):
    patch(name, model="ranking", api="v2")
#| !kubectl wait --for=condition=Available deployment --all --timeout=90s
#| !kubectl rollout undo deployment/bidder
