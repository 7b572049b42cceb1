"""The Pods of lookup get the label which the Service asks for, embedder 256Mi and its batch stays, forecast another nodeSelector; findings with capitals, quotes and further keys."""
# %% cell: repair-not-started
#| !kubectl set image deployment/reviews server={images}/sentiment:2
#| !kubectl patch deployment forecast --type=json -p '[{{"op": "replace", "path": "/spec/template/spec/nodeSelector", "value": {{"kubernetes.io/os": "linux"}}}}]'
#| !kubectl rollout status deployment/forecast --timeout=60s
# %% cell: repair-restarting
#| %%bash
#| kubectl set resources deployment/embedder --limits=memory=256Mi
#| which=$(kubectl set env deployment/pricer --list | grep -iE '=eur[a-z]*$' | head -n 1 | cut -d= -f1)
#| kubectl set env deployment/pricer "${which:-CURRENCY}=EUR"
# %% cell: repair-unreachable
#| %%bash
#| release=$(kubectl get service lookup -o jsonpath='{.spec.selector.release}')
#| kubectl patch deployment lookup -p "{\"spec\": {\"template\": {\"metadata\": {\"labels\": {\"release\": \"$release\"}}}}}"
#| kubectl rollout status deployment/lookup --timeout=60s
# %% cell: record-findings
#| %%apply
#| apiVersion: v1
#| kind: ConfigMap
#| metadata:
#|   name: findings
#|   labels: {on: monday}
#| data:
#|   reviews: Image
#|   forecast: "'node'"
#|   embedder: |
#|     MEMORY
#|   pricer: "  exception  "
#|   lookup: "\"selector\"\n"
#|   embedder-cure: a larger limit, within the 256Mi
#|   weather: image, then exception, then selector
