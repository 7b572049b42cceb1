"""The label is put on the Pods that run, and not on the wish."""

LOSES = [
    "each Pod of the operator, the scheduler and the workers has the label `team=forecast`",
]

# %% change: cluster
#- labels: {team: forecast}

# %% after: compute
#| !kubectl label pods -l dask.org/cluster-name=sweep team=forecast
