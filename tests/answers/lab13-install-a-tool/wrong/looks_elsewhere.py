"""The workers' command names another scheduler than the one that the operator made."""

LOSES = [
    "`sweep` has two workers, and both are registered with its scheduler",
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
    "scaled to three, `sweep` has three workers registered with its scheduler",
    "a worker whose Pod is deleted is replaced, and the next one registers",
]

# %% change: cluster
#- command: [dask, worker, --name, $(DASK_WORKER_NAME), --no-nanny, --nthreads, "1"]
#+ command: [dask, worker, "tcp://sweep:8786", --name, $(DASK_WORKER_NAME), --no-nanny, --nthreads, "1"]

# %% cell: compute
