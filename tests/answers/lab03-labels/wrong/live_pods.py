"""Every label was put on the Pods as they run: all is found, until the next Pod comes."""

LOSES = [
    "what comes in the place of a Pod is found by the selectors that found the one before",
]

# %% cell: label-teams
#| !kubectl wait --for=condition=Available deployment --all --timeout=90s
#| !kubectl label pods -l 'app in (ranker, ranker2, rescore)' team=search
#| !kubectl label pods -l app=bidder team=ads

# %% cell: label-pager
#| !kubectl label pods -l 'app in (ranker, ranker2, bidder)' tier=serving
#| !kubectl label pods -l app=ranker2 track=canary --overwrite

# %% cell: label-service
#| !kubectl label pods -l 'app in (ranker, ranker2)' model=ranking api=v2 --overwrite
