"""The DaskCluster is labelled when the operator has made of it what it makes."""

LOSES = [
    "each Pod of the operator, the scheduler and the workers has the label `team=forecast`",
]

# %% change: cluster
#- labels: {team: forecast}

# %% after: compute
#| !kubectl label daskcluster sweep team=forecast
