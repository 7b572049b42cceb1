"""The result lies under another key."""

LOSES = [
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
]

# %% change: compute
#- !kubectl create configmap result --from-file=result.json --dry-run=client -o yaml | kubectl apply -f -
#+ !kubectl create configmap result --from-file=result=result.json
