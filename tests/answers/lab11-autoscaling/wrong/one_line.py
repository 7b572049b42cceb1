"""`kubectl autoscale`, and it is left at that."""

LOSES = [
    "when the load has gone it takes replicas away until its minimum is left, within two minutes",
]

# %% cell: autoscaler
#| !kubectl autoscale deployment ranker --min=2 --max=6 --cpu=75%
