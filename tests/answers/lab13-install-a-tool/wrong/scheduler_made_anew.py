"""The scheduler's Pod is replaced after the sweep, and with it goes what it knew."""

LOSES = [
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
]

# %% after: compute
#| !kubectl delete pods -l dask.org/cluster-name=sweep,dask.org/component=scheduler
#| !kubectl rollout status deployment/sweep-scheduler --timeout=90s
