"""The rollout of `ranker` is paused before all is said, and never resumed."""

LOSES = [
    "`team=search` finds every Pod of `ranker`, `ranker2` and `rescore`, and no other",
    "the pager's selector finds every Pod of `ranker` and `bidder`, and no other",
    "the Service `ranking` sends requests to every ready Pod of `ranker` and `ranker2`, and to no other",
]

# %% before: label-teams
#| !kubectl rollout pause deployment/ranker
