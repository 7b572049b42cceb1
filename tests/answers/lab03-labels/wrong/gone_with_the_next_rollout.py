"""The team of `bidder` is put on its live Pod, and the next step's rollout replaces that."""

LOSES = [
    "`team=ads` finds every Pod of `bidder`, and no other",
]

# %% cell: label-teams
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


for name in ("ranker", "ranker2", "rescore"):
    patch(name, team="search")
#| !kubectl wait --for=condition=Available deployment --all --timeout=90s
#| !kubectl label pods -l app=bidder team=ads
