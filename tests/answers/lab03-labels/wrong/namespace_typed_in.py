"""The name of the namespace typed in."""

LOSES = [
    "`team=search` finds every Pod of `ranker`, `ranker2` and `rescore`, and no other",
    "`team=ads` finds every Pod of `bidder`, and no other",
    "the pager's selector finds every Pod of `ranker` and `bidder`, and no other",
    "the Service `ranking` sends requests to every ready Pod of `ranker` and `ranker2`, and to no other",
    "each of the five workloads has its Pods, and they are found by what they were found by before",
    "what comes in the place of a Pod is found by the selectors that found the one before",
]

# %% cell: label-teams
for name, team in dict(ranker="search", ranker2="search", rescore="search", bidder="ads").items():
    apps.patch_namespaced_deployment(name, "your-namespace", {"spec": {"template": {"metadata": {"labels": {"team": team}}}}})

# %% cell: label-pager
#| !kubectl -n your-namespace patch deployment ranker -p '{{"spec": {{"template": {{"metadata": {{"labels": {{"tier": "serving"}}}}}}}}}}'
#| !kubectl -n your-namespace patch deployment bidder -p '{{"spec": {{"template": {{"metadata": {{"labels": {{"tier": "serving"}}}}}}}}}}'

# %% cell: label-service
#| !kubectl -n your-namespace patch deployment ranker -p '{{"spec": {{"template": {{"metadata": {{"labels": {{"model": "ranking", "api": "v2"}}}}}}}}}}'
#| !kubectl -n your-namespace patch deployment ranker2 -p '{{"spec": {{"template": {{"metadata": {{"labels": {{"api": "v2"}}}}}}}}}}'
