"""`forecast` was deleted, to be made again later."""

LOSES = [
    "`forecast` works",
]

# %% change: repair-not-started
#- !kubectl patch deployment forecast --type=json --patch='[{{"op": "remove", "path": "/spec/template/spec/nodeSelector"}}]'
#+ !kubectl delete deployment forecast
