"""All is right, and then reviews and forecast are rolled back to revision 1, to look at the old trouble for the findings: the good Pods still answer."""

LOSES = [
    "`reviews` works, with version 2 of the model",
    "`forecast` works",
]

# %% cell: repair-not-started
#| !kubectl set image deployment/reviews server={images}/sentiment:2
#| !kubectl patch deployment forecast --type=json -p '[{{"op": "remove", "path": "/spec/template/spec/nodeSelector"}}]'
#| !kubectl rollout status deployment/reviews --timeout=60s
#| !kubectl rollout status deployment/forecast --timeout=60s
# %% cell: repair-restarting
#| %%bash
#| kubectl set resources deployment/embedder --limits=memory=256Mi
#| which=$(kubectl set env deployment/pricer --list | grep -iE '=eur[a-z]*$' | head -n 1 | cut -d= -f1)
#| kubectl set env deployment/pricer "${which:-CURRENCY}=EUR"
# %% cell: repair-unreachable
#| !kubectl patch service lookup --type=json -p '[{{"op": "remove", "path": "/spec/selector/release"}}]'
# %% cell: record-findings
#| !kubectl rollout undo deployment/reviews --to-revision=1
#| !kubectl rollout undo deployment/forecast --to-revision=1
#| !sleep 10; kubectl get events | grep -E "reviews|forecast" | tail -n 6
#| !kubectl create configmap findings --from-literal=reviews=image --from-literal=forecast=node --from-literal=embedder=memory --from-literal=pricer=exception --from-literal=lookup=selector
