"""Three managers apply server-side, and each owns the labels of its own step."""

# %% cell: label-teams
#| %%bash
#| kubectl apply --server-side --force-conflicts --field-manager=finance -f - <<'END'
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
#| END

# %% cell: label-pager
#| %%bash
#| kubectl apply --server-side --force-conflicts --field-manager=pager -f - <<'END'
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata: {name: ranker}
#| spec: {template: {metadata: {labels: {tier: serving}}}}
#| ---
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata: {name: ranker2}
#| spec: {template: {metadata: {labels: {tier: gateway, track: canary}}}}
#| ---
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata: {name: bidder}
#| spec: {template: {metadata: {labels: {tier: gateway}}}}
#| END

# %% cell: label-service
#| %%bash
#| kubectl apply --server-side --force-conflicts --field-manager=platform -f - <<'END'
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata: {name: ranker}
#| spec: {template: {metadata: {labels: {model: ranking, api: v2}}}}
#| ---
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata: {name: ranker2}
#| spec: {template: {metadata: {labels: {model: ranking, api: v2}}}}
#| END
