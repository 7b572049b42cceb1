"""`embedder` has no limit of its own any more, and so the namespace's."""

LOSES = [
    "`embedder` works, with a batch of at least 32 and a memory limit of at most 256Mi",
]

# %% change: repair-restarting
#- !kubectl set resources deployment/embedder --limits=memory=224Mi
#+ path = "/spec/template/spec/containers/0/resources/limits"
#+ !kubectl patch deployment embedder --type=json --patch='[{{"op": "remove", "path": "{path}"}}]'
