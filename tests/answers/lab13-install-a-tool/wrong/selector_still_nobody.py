"""The example was copied, and its Service still selects the scheduler of `nobody`."""

LOSES = [
    "`sweep` has two workers, and both are registered with its scheduler",
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
    "scaled to three, `sweep` has three workers registered with its scheduler",
    "a worker whose Pod is deleted is replaced, and the next one registers",
]

# %% change: cluster
#- selector: {dask.org/cluster-name: sweep, dask.org/component: scheduler}
#+ selector: {dask.org/cluster-name: nobody, dask.org/component: scheduler}

# %% cell: compute
