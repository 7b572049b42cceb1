"""The operator's Deployment is made by `kubectl create` and put right by `kubectl set`; nobody asks for its liveness."""

# %% cell: operator
#| !kubectl create deployment dask-operator --image={images}/dask:1 --replicas=0 -- kopf run --module=dask_kubernetes.operator.controller --namespace={namespace} /srv/namespaced.py
#| !kubectl set env deployment/dask-operator DASK_KUBERNETES__CONTROLLER__EVENTS__ENABLED=false
#| !kubectl set serviceaccount deployment dask-operator dask-operator
#| !kubectl set resources deployment dask-operator --requests=cpu=50m,memory=100Mi --limits=memory=200Mi
#| !kubectl patch deployment dask-operator -p '{{"spec": {{"template": {{"metadata": {{"labels": {{"team": "forecast"}}}}}}}}}}'
#| !kubectl scale deployment dask-operator --replicas=1
#| !kubectl rollout status deployment/dask-operator --timeout=60s
