"""Pods labelled by hand, and restarted: the new ones have none of it."""

LOSES = [
    "`team=search` finds every Pod of `ranker`, `ranker2` and `rescore`, and no other",
    "`team=ads` finds every Pod of `bidder`, and no other",
    "the pager's selector finds every Pod of `ranker` and `bidder`, and no other",
    "the Service `ranking` sends requests to every ready Pod of `ranker` and `ranker2`, and to no other",
    "each of the five workloads has its Pods, and they are found by what they were found by before",
    "what comes in the place of a Pod is found by the selectors that found the one before",
]

# %% cell: label-teams
#| !kubectl label pods -l 'app in (ranker, ranker2, rescore)' team=search
#| !kubectl label pods -l app=bidder team=ads

# %% cell: label-pager
#| !kubectl label pods -l 'app in (ranker, bidder)' tier=serving

# %% cell: label-service
#| !kubectl label pods -l 'app in (ranker, ranker2)' model=ranking api=v2 --overwrite
#| # make it take effect
#| !kubectl rollout restart deployment ranker ranker2 rescore bidder
#| for name in ('ranker', 'ranker2', 'rescore', 'bidder'):
#|     !kubectl rollout status deployment/{name} --timeout=120s
