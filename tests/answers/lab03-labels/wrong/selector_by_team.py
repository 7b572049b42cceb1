"""The Deployment's selector is to ask for the team as well: refused, and the labels with it."""

LOSES = [
    "`team=ads` finds every Pod of `bidder`, and no other",
]

# %% cell: label-teams
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


for name in ("ranker", "ranker2", "rescore"):
    patch(name, team="search")
#| change = '{"spec": {"selector": {"matchLabels": {"team": "ads"}}, "template": {"metadata": {"labels": {"team": "ads"}}}}}'
#| !kubectl patch deployment bidder --patch '{change}'
