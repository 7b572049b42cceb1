"""The Deployment is changed by commands, and there is no file to release."""

LOSES = [
    "a release of `ranker.yaml` leaves the number of replicas to the autoscaler",
]

# %% cell: ranker-manifest
#| !kubectl set resources deployment ranker --requests=cpu=40m,memory=32Mi --limits=cpu=100m,memory=96Mi

# %% cell: ranker-apply
probe = {"httpGet": {"path": "/readyz", "port": "http"}, "periodSeconds": 2, "timeoutSeconds": 5}
container = {"name": "ranker", "readinessProbe": probe}
apps.patch_namespaced_deployment("ranker", namespace, {"spec": {"template": {"spec": {"containers": [container]}}}})

# %% before: autoscaler
from pathlib import Path
