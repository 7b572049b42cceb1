"""Each step applies a manifest with its own labels only, which takes the step before's away."""

LOSES = [
    "`team=search` finds every Pod of `ranker`, `ranker2` and `rescore`, and no other",
    "`team=ads` finds every Pod of `bidder`, and no other",
    "the pager's selector finds every Pod of `ranker` and `bidder`, and no other",
]

# %% cell: label-teams
#| %%apply
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata: {name: ranker}
#| spec: {template: {metadata: {labels: {team: search}}}}
#| ---
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata: {name: ranker2}
#| spec: {template: {metadata: {labels: {team: search}}}}
#| ---
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata: {name: rescore}
#| spec: {template: {metadata: {labels: {team: search}}}}
#| ---
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata: {name: bidder}
#| spec: {template: {metadata: {labels: {team: ads}}}}

# %% cell: label-pager
#| %%apply
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata: {name: ranker}
#| spec: {template: {metadata: {labels: {tier: serving}}}}
#| ---
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata: {name: bidder}
#| spec: {template: {metadata: {labels: {tier: serving}}}}

# %% cell: label-service
#| %%apply
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata: {name: ranker}
#| spec: {template: {metadata: {labels: {model: ranking, api: v2}}}}
#| ---
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata: {name: ranker2}
#| spec: {template: {metadata: {labels: {model: ranking, api: v2}}}}
