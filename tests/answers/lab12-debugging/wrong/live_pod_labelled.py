"""The Pod of lookup that runs now gets the label by hand, and the template doesn't: right until the Pod is replaced."""

LOSES = [
    "what comes in the place of a Pod that works gets requests and answers them as well",
]

# %% cell: repair-not-started
#| !kubectl set image deployment/reviews server={images}/sentiment:2
#| !kubectl patch deployment forecast --type=json -p '[{{"op": "remove", "path": "/spec/template/spec/nodeSelector"}}]'
# %% cell: repair-restarting
#| %%bash
#| kubectl set env deployment/embedder BATCH=64
#| kubectl set resources deployment/embedder --limits=memory=160Mi
#| which=$(kubectl set env deployment/pricer --list | grep -iE '=eur[a-z]*$' | head -n 1 | cut -d= -f1)
#| kubectl set env deployment/pricer "${which:-CURRENCY}=EUR"
# %% cell: repair-unreachable
#| %%bash
#| kubectl label pods -l app=lookup "release=$(kubectl get service lookup -o jsonpath='{.spec.selector.release}')"
#| kubectl get endpointslices -l kubernetes.io/service-name=lookup
# %% cell: record-findings
#| !kubectl create configmap findings --from-literal=reviews=image --from-literal=forecast=node --from-literal=embedder=memory --from-literal=pricer=exception --from-literal=lookup=selector
