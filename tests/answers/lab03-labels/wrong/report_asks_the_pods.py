"""The teams are labels of the Deployments, where the worked example had its first one."""

LOSES = [
    "`team=search` finds every Pod of `ranker`, `ranker2` and `rescore`, and no other",
    "`team=ads` finds every Pod of `bidder`, and no other",
]

# %% cell: label-teams
#| !kubectl label deployments ranker ranker2 rescore team=search
#| !kubectl label deployments bidder team=ads --overwrite
