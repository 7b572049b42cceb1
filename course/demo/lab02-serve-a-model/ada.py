"""right: not a line of YAML, everything with kubectl"""

# %% cell: serve-deployment
#| probe = '{"httpGet": {"path": "/readyz", "port": 8080}, "periodSeconds": 1}'
#| patch = '[{"op": "add", "path": "/spec/template/spec/containers/0/readinessProbe", "value": ' + probe + '}]'
#| !kubectl create deployment sentiment --image={images}/sentiment:1 --port=8080 --replicas=0
#| !kubectl patch deployment sentiment --type=json --patch='{patch}'
#| !kubectl scale deployment sentiment --replicas=2

# %% cell: serve-service
#| !kubectl expose deployment sentiment --port=80 --target-port=8080
