"""Version 1, a batch of sixteen, and the findings made in the namespace that the pages call your-namespace."""

LOSES = [
    "`reviews` works, with version 2 of the model",
    "`embedder` works, with a batch of at least 32 and a memory limit of at most 256Mi",
    "`findings` says why `reviews` and `forecast` had never started",
    "`findings` says why `embedder` and `pricer` ended again and again, and why nobody reached `lookup`",
]

# %% cell: repair-not-started
#| !kubectl set image deployment/reviews server={images}/sentiment:1
#| !kubectl patch deployment forecast --type=json -p '[{{"op": "remove", "path": "/spec/template/spec/nodeSelector"}}]'
# %% cell: repair-restarting
#| %%bash
#| kubectl set env deployment/embedder BATCH=16
#| which=$(kubectl set env deployment/pricer --list | grep -iE '=eur[a-z]*$' | head -n 1 | cut -d= -f1)
#| kubectl set env deployment/pricer "${which:-CURRENCY}=EUR"
# %% cell: repair-unreachable
#| !kubectl patch service lookup --type=json -p '[{{"op": "remove", "path": "/spec/selector/release"}}]'
# %% cell: record-findings
#| !kubectl create configmap findings --namespace=your-namespace --from-literal=reviews=image --from-literal=forecast=node --from-literal=embedder=memory --from-literal=pricer=exception --from-literal=lookup=selector
