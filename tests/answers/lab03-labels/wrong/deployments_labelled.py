"""Labels on the Deployments, which no selector asks for."""

LOSES = [
    "`team=search` finds every Pod of `ranker`, `ranker2` and `rescore`, and no other",
    "`team=ads` finds every Pod of `bidder`, and no other",
    "the pager's selector finds every Pod of `ranker` and `bidder`, and no other",
    "the Service `ranking` sends requests to every ready Pod of `ranker` and `ranker2`, and to no other",
    "each of the five workloads has its Pods, and they are found by what they were found by before",
    "what comes in the place of a Pod is found by the selectors that found the one before",
]

# %% cell: label-teams
#| !kubectl label deployments ranker ranker2 rescore team=search
#| !kubectl label deployments bidder team=ads --overwrite

# %% cell: label-pager
#| !kubectl label deployments ranker bidder tier=serving

# %% cell: label-service
#| !kubectl label deployments ranker ranker2 model=ranking api=v2
