"""The scheduler is made anew and the sweep runs again; the result that is kept is the first one's."""

LOSES = [
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
]

# %% after: compute
#| !kubectl delete pods -l dask.org/cluster-name=sweep,dask.org/component=scheduler
#| !kubectl rollout status deployment/sweep-scheduler --timeout=60s
#| !kubectl delete job sweep
#| %apply job.yaml
#| !kubectl wait --for=condition=complete job/sweep --timeout=60s
