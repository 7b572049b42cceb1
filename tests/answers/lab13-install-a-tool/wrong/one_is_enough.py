"""One worker does all of the sweep."""

LOSES = [
    "`sweep` has two workers, and both are registered with its scheduler",
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
]

# %% change: cluster
#- replicas: 2
#+ replicas: 1

# %% change: compute
#- - {name: SCHEDULER, value: "tcp://sweep-scheduler:8786"}
#+ - {name: SCHEDULER, value: "tcp://sweep-scheduler:8786"}
#+ - {name: WORKERS, value: "1"}
