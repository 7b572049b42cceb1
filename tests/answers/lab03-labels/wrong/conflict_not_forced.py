"""Server-side, with a conflict that was not forced: nothing of it was taken over."""

LOSES = [
    "`team=search` finds every Pod of `ranker`, `ranker2` and `rescore`, and no other",
    "the Service `ranking` sends requests to every ready Pod of `ranker` and `ranker2`, and to no other",
]

# %% cell: label-teams
#| %%bash
#| kubectl apply --server-side --field-manager=me -f - <<'END'
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata: {name: ranker}
#| spec: {template: {metadata: {labels: {team: search, tier: serving, model: ranking, api: v2}}}}
#| ---
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata: {name: ranker2}
#| spec: {template: {metadata: {labels: {team: search, tier: serving, track: canary, model: ranking, api: v2}}}}
#| ---
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata: {name: rescore}
#| spec: {template: {metadata: {labels: {team: search}}}}
#| ---
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata: {name: bidder}
#| spec: {template: {metadata: {labels: {team: ads, tier: serving}}}}
#| END

# %% cell: label-pager

# %% cell: label-service
