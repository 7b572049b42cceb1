"""The Service lookup selects by the label that all five have, and what was wrong with it is written down as its port."""

LOSES = [
    "`lookup` works, and is reached through its Service",
    "`findings` says why `embedder` and `pricer` ended again and again, and why nobody reached `lookup`",
]

# %% cell: repair-not-started
#| !kubectl set image deployment/reviews server={images}/sentiment:2
#| !kubectl patch deployment forecast --type=json -p '[{{"op": "remove", "path": "/spec/template/spec/nodeSelector"}}]'
# %% cell: repair-restarting
#| %%bash
#| kubectl set resources deployment/embedder --limits=memory=256Mi
#| which=$(kubectl set env deployment/pricer --list | grep -iE '=eur[a-z]*$' | head -n 1 | cut -d= -f1)
#| kubectl set env deployment/pricer "${which:-CURRENCY}=EUR"
# %% cell: repair-unreachable
#| !kubectl patch service lookup --type=json -p '[{{"op": "replace", "path": "/spec/selector", "value": {{"team": "shop"}}}}]'
#| !kubectl get endpointslices -l kubernetes.io/service-name=lookup
# %% cell: record-findings
#| !kubectl create configmap findings --from-literal=reviews=image --from-literal=forecast=node --from-literal=embedder=memory --from-literal=pricer=exception --from-literal=lookup=port
