"""The last line of the log is kept with the time before it."""

LOSES = [
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
]

# %% change: compute
#- !kubectl logs job/sweep | tail -n 1 > result.json
#+ !kubectl logs job/sweep --timestamps | tail -n 1 > result.json
