"""Wrong tries first (image latest, a limit too small, a word too many), undone or overwritten; a Pod, a Service and a debug container are left lying about."""
# %% cell: repair-not-started
#| !kubectl set image deployment/reviews server={images}/sentiment:latest
#| !kubectl rollout undo deployment/reviews
#| !kubectl set image deployment/reviews server={images}/sentiment:1
#| !kubectl set image deployment/reviews server={images}/sentiment:2
#| !kubectl rollout status deployment/reviews --timeout=90s
#| !kubectl run looking --image={images}/python:1 --labels=app=looking --overrides='{{"spec": {{"terminationGracePeriodSeconds": 1, "containers": [{{"name": "looking", "image": "{images}/python:1", "command": ["sleep", "100000"], "resources": {{"requests": {{"cpu": "10m", "memory": "16Mi"}}, "limits": {{"cpu": "50m", "memory": "32Mi"}}}}}}]}}}}'
#| !kubectl create service clusterip lookup-test --tcp=80:8080
#| !kubectl patch deployment forecast --type=merge -p '{{"spec": {{"template": {{"spec": {{"nodeSelector": null}}}}}}}}'
# %% cell: repair-restarting
#| !kubectl set resources deployment/embedder --limits=memory=300Mi
#| !kubectl set resources deployment/embedder --limits=memory=200Mi
#| !kubectl set env deployment/embedder BATCH=1000
#| !kubectl set env deployment/embedder BATCH=100
#| !kubectl set env deployment/pricer --list
import re
import time

pricer = apps.read_namespaced_deployment("pricer", namespace)
container = pricer.spec.template.spec.containers[0]
euros = [each.name for each in container.env if re.fullmatch("eur[a-z]*", each.value or "", re.I)] or ["CURRENCY"]
for word in ("Euro", "EUR"):
    apps.patch_namespaced_deployment(
        "pricer", namespace, {"spec": {"template": {"spec": {"containers": [{"name": container.name, "env": [{"name": euros[0], "value": word}]}]}}}}
    )
    time.sleep(6)
# %% cell: repair-unreachable
#| !kubectl patch service lookup --type=json -p '[{{"op": "remove", "path": "/spec/selector/release"}}]'
#| !kubectl rollout status deployment/embedder --timeout=90s
#| !kubectl debug $(kubectl get pods -l app=embedder --sort-by=.metadata.creationTimestamp -o name | tail -n 1) --image={images}/python:1 -- sleep 1
# %% cell: record-findings
#| !kubectl create configmap findings --from-literal=reviews=image --from-literal=forecast=room --from-literal=embedder=memory --from-literal=pricer=exception --from-literal=lookup=selector
#| !kubectl patch configmap findings -p '{{"data": {{"forecast": "node"}}}}'
#| !kubectl create configmap findings-of-friday --from-literal=reviews=selector
