"""The log is read before the Job has ended."""

LOSES = [
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
]

# %% change: compute
#- !kubectl wait --for=condition=complete job/sweep --timeout=150s
#+ !kubectl wait --for=jsonpath='{{.status.ready}}'=1 job/sweep --timeout=60s
