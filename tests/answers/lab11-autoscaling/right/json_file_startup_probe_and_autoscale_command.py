"""The manifest is JSON, a startup probe alone waits for the model, and the target is as high as it may be."""

# %% change: ranker-manifest
#- readinessProbe:
#-   httpGet: {path: /readyz, port: http}
#-   periodSeconds: 2
#-   timeoutSeconds: 5
#+ startupProbe:
#+   httpGet: {path: /readyz, port: 8080}
#+   periodSeconds: 1
#+   timeoutSeconds: 2
#+   failureThreshold: 60

#- requests: {cpu: 40m, memory: 32Mi}
#+ requests: {cpu: 35m, memory: 32Mi}

# %% after: ranker-manifest
import json

import yaml

Path("ranker.yaml").write_text(json.dumps(yaml.safe_load(Path("ranker.yaml").read_text()), indent=2) + "\n")

# %% cell: ranker-apply
#| !sed "s|localhost:5000/|{images}/|g" ranker.yaml | kubectl apply -f -
#| !kubectl rollout status deployment/ranker --timeout=120s

# %% cell: autoscaler
#| !kubectl autoscale deployment ranker --name=front-page --min=2 --max=6 --cpu=35m
window = {"scaleDown": {"stabilizationWindowSeconds": 10}}
patch = json.dumps([{"op": "add", "path": "/spec/behavior", "value": window}])
#| !kubectl patch hpa front-page --type=json --patch '{patch}'
