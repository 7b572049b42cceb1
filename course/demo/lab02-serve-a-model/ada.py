"""right: not a line of YAML, everything with kubectl"""

# %% cell: serve-deployment
#| patch = '[{"op": "add", "path": "/spec/template/spec/containers/0/readinessProbe", "value": {"httpGet": {"path": "/readyz", "port": 8080}}}]'
#| !kubectl create deployment sentiment --image={images}/sentiment:1 --port=8080 --replicas=2
#| !kubectl patch deployment sentiment --type=json --patch='{patch}'

# %% cell: serve-service
#| !kubectl expose deployment sentiment --port=80 --target-port=8080
