"""The servers are made first, and wait for all that they need."""

# %% before: train-and-store
serving = dict(kind="Service", apiVersion="v1", metadata={"name": "triage", "labels": {"app.kubernetes.io/part-of": "triage"}})
core.create_namespaced_service(namespace, serving | {"spec": {"selector": {"app": "triage"}, "ports": [{"port": 80, "targetPort": 8080}]}})

# %% change: train-and-store
#- %apply train.yaml

# %% cell: settings-and-token

# %% after: serve
import secrets
import time

time.sleep(3)
token = secrets.token_urlsafe(24)
#| !kubectl create secret generic triage-token --from-literal=TOKEN={token}
#| !kubectl create configmap triage-settings --from-literal=THRESHOLD=1.5
#| !kubectl label configmap/triage-settings secret/triage-token app.kubernetes.io/part-of=triage

# %% after: guard
#| %apply train.yaml
#| !kubectl wait --for=condition=complete job/train --timeout=90s
