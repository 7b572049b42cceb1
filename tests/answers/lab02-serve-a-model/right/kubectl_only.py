"""No manifest at all: `kubectl create`, `patch` and `expose`, under another Deployment name."""

# %% cell: serve-deployment
#| probe = '{"readinessProbe": {"httpGet": {"path": "/readyz", "port": 8080}}, "name": "sentiment"}'
#| patch = f'{{"spec": {{"template": {{"spec": {{"containers": [{probe}]}}}}}}}}'
#| !kubectl create deployment inbox-model --image={images}/sentiment:1 --port=8080 --replicas=2
#| !kubectl patch deployment inbox-model --patch='{patch}'

# %% cell: serve-service
#| !kubectl expose deployment inbox-model --name=sentiment --port=80 --target-port=8080
