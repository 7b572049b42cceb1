"""kubectl get, sed, kubectl replace: in the wrong order of steps, lookup and findings first, with Recreate for embedder and its limit written as 0.25Gi."""
# %% cell: repair-not-started
#| !kubectl create configmap findings --from-literal=lookup=selector --from-literal=pricer=exception --from-literal=embedder=memory --from-literal=forecast=node --from-literal=reviews=image
#| !kubectl get service lookup -o json | python3 -c 'import json, sys; it = json.load(sys.stdin); it["spec"]["selector"].pop("release"); json.dump(it, sys.stdout)' | kubectl replace -f -
# %% cell: repair-restarting
#| %%bash
#| kubectl get deployment pricer -o yaml | sed -E 's/(value: )"?[Ee][Uu][Rr][A-Za-z]*"?$/\1EUR/' > pricer.yaml
#| grep -n EUR pricer.yaml
#| for try in 1 2 3 4 5; do kubectl replace -f pricer.yaml && break; kubectl get deployment pricer -o yaml | sed -E 's/(value: )"?[Ee][Uu][Rr][A-Za-z]*"?$/\1EUR/' > pricer.yaml; done
#| kubectl patch deployment embedder -p '{"spec": {"strategy": {"$retainKeys": ["type"], "type": "Recreate"}}}'
#| kubectl set env deployment/embedder BATCH=40
#| kubectl set resources deployment/embedder --limits=memory=0.25Gi
# %% cell: repair-unreachable
#| !kubectl set image deployment/reviews '*={images}/sentiment:2'
#| !kubectl patch deployment forecast --type=json -p '[{{"op": "remove", "path": "/spec/template/spec/nodeSelector"}}]'
# %% cell: record-findings
#| !kubectl rollout status deployment/embedder --timeout=30s
#| !kubectl rollout status deployment/forecast --timeout=30s
#| !kubectl rollout status deployment/pricer --timeout=30s
#| !kubectl rollout status deployment/reviews --timeout=30s
