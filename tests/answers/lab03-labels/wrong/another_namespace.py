"""The teams' labels go to Deployments of another namespace, and are refused."""

LOSES = [
    "`team=search` finds every Pod of `ranker`, `ranker2` and `rescore`, and no other",
    "`team=ads` finds every Pod of `bidder`, and no other",
]

# %% cell: label-teams
#| patch = '{"spec": {"template": {"metadata": {"labels": {"team": "search"}}}}}'
#| !kubectl -n default patch deployment ranker --patch '{patch}'
#| !kubectl -n default patch deployment ranker2 --patch '{patch}'
#| !kubectl -n default patch deployment rescore --patch '{patch}'
#| !kubectl -n default patch deployment bidder --patch '{patch}'
