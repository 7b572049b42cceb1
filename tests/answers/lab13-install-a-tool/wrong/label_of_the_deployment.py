"""The operator's Deployment has the label, and its Pods have not."""

LOSES = [
    "each Pod of the operator, the scheduler and the workers has the label `team=forecast`",
]

# %% change: operator
#- labels: {app: dask-operator}
#+ labels: {app: dask-operator, team: forecast}

#- labels: {app: dask-operator, team: forecast}
#+ labels: {app: dask-operator}
