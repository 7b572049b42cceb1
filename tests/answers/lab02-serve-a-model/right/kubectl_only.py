"""No manifest at all: `kubectl create`, `patch` and `expose`, under another Deployment name."""

# %% cell: serve-deployment
#| patch = '[{"op": "add", "path": "/spec/template/spec/containers/0/readinessProbe", "value": {"httpGet": {"path": "/readyz", "port": 8080}}}]'
#| !kubectl create deployment inbox-model --image={images}/sentiment:1 --port=8080 --replicas=2
#| !kubectl patch deployment inbox-model --type=json --patch='{patch}'

# %% cell: serve-service
#| !kubectl expose deployment inbox-model --name=sentiment --port=80 --target-port=8080
