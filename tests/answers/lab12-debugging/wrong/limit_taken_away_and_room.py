"""embedder's limit is taken away (so it gets 512Mi), and forecast's Pending is taken for a lack of room."""

LOSES = [
    "`embedder` works, with a batch of at least 32 and a memory limit of at most 256Mi",
    "`findings` says why `reviews` and `forecast` had never started",
]

# %% cell: repair-not-started
#| !kubectl set image deployment/reviews server={images}/sentiment:2
#| !kubectl patch deployment forecast --type=json -p '[{{"op": "remove", "path": "/spec/template/spec/nodeSelector"}}]'
# %% cell: repair-restarting
#| %%bash
#| kubectl patch deployment embedder --type=json -p '[{"op": "remove", "path": "/spec/template/spec/containers/0/resources/limits"}]'
#| which=$(kubectl set env deployment/pricer --list | grep -iE '=eur[a-z]*$' | head -n 1 | cut -d= -f1)
#| kubectl set env deployment/pricer "${which:-CURRENCY}=EUR"
# %% cell: repair-unreachable
#| !kubectl patch service lookup --type=json -p '[{{"op": "remove", "path": "/spec/selector/release"}}]'
# %% cell: record-findings
#| %%apply
#| apiVersion: v1
#| kind: ConfigMap
#| metadata:
#|   name: findings
#| data:
#|   reviews: image
#|   forecast: room
#|   embedder: memory
#|   pricer: exception
#|   lookup: selector
