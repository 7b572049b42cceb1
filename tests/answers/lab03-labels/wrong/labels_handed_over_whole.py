"""All labels of a template handed over anew, without those of the step before."""

LOSES = [
    "`team=search` finds every Pod of `ranker`, `ranker2` and `rescore`, and no other",
    "the pager's selector finds every Pod of `ranker` and `bidder`, and no other",
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
#| %%bash
#| for name in ranker ranker2; do
#|   kubectl patch deployment $name --type=json -p '[{"op": "add", "path": "/spec/template/metadata/labels", "value": {"app": "'$name'", "model": "ranking", "api": "v2"}}]'
#| done
