"""Every label is on a Deployment, and none on a Pod."""

LOSES = [
    "`team=search` finds every Pod of `ranker`, `ranker2` and `rescore`, and no other",
    "`team=ads` finds every Pod of `bidder`, and no other",
    "the pager's selector finds every Pod of `ranker` and `bidder`, and no other",
    "the Service `ranking` sends requests to every ready Pod of `ranker` and `ranker2`, and to no other",
    "what comes in the place of a Pod is found by the selectors that found the one before",
    "each of the five workloads has its Pods, and they are found by what they were found by before",
]

# %% cell: label-teams
#| !kubectl label deployments ranker ranker2 rescore team=search
#| !kubectl label deployments bidder team=ads --overwrite

# %% cell: label-pager
#| !kubectl label deployments ranker bidder tier=serving --overwrite
#| !kubectl label deployments ranker2 track=canary

# %% cell: label-service
#| !kubectl label deployments ranker ranker2 model=ranking api=v2
