"""`kubectl edit` with an editor that does the typing."""

# %% cell: label-teams
#| !KUBE_EDITOR="sed -i 's/^        Team: search/        team: search/'" kubectl edit deployment ranker
#| !KUBE_EDITOR="sed -i 's/^        app: ranker2/&\\n        team: search/'" kubectl edit deployment ranker2
#| !KUBE_EDITOR="sed -i 's/^        app: rescore/&\\n        team: search/'" kubectl edit deployment rescore
#| !KUBE_EDITOR="sed -i 's/^        app: bidder/&\\n        team: ads/'" kubectl edit deployment bidder
