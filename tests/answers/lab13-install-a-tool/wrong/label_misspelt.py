"""The label of the cluster has another value."""

LOSES = [
    "each Pod of the operator, the scheduler and the workers has the label `team=forecast`",
]

# %% change: cluster
#- labels: {team: forecast}
#+ labels: {team: forecasts}
