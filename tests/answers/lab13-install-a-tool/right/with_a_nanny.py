"""Each worker has a process beside it that starts it anew, and room for that."""

# %% change: cluster
#- command: [dask, worker, --name, $(DASK_WORKER_NAME), --no-nanny, --nthreads, "1"]
#+ command: [dask, worker, --name, $(DASK_WORKER_NAME)]

#- limits: {memory: 160Mi}
#+ limits: {memory: 250Mi}
