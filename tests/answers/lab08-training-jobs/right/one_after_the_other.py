"""The sweep has no `parallelism`, so that one Pod runs after the other."""

# %% change: sweep
#- parallelism: 4
