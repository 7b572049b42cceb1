"""Each Deployment gets one manifest that says its labels and nothing else."""

# %% cell: label-teams
#| %%apply
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
#| spec: {template: {metadata: {labels: {team: ads, tier: gateway}}}}

# %% cell: label-pager


# %% cell: label-service
