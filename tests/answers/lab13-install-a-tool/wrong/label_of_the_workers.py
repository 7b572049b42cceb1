"""The workers have the label, the scheduler has not."""

LOSES = [
    "each Pod of the operator, the scheduler and the workers has the label `team=forecast`",
]

# %% change: cluster
#- labels: {team: forecast}

#- replicas: 2
#+ metadata:
#+   labels: {team: forecast}
#+ replicas: 2
