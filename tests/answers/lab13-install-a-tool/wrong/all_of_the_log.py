"""`result.json` is the whole log."""

LOSES = [
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
]

# %% change: compute
#- !kubectl logs job/sweep | tail -n 1 > result.json
#+ !kubectl logs job/sweep > result.json
