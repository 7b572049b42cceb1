"""The DaskCluster is there before anybody reads it: the operator has no replica until then."""

# %% change: operator
#- strategy: {type: Recreate}
#+ replicas: 0
#+ strategy: {type: Recreate}

# %% change: cluster
#- !kubectl wait --for=create deployment/sweep-scheduler --timeout=60s
#+ !kubectl scale deployment dask-operator --replicas=1
#+ !kubectl wait --for=create deployment/sweep-scheduler --timeout=60s
