"""The operator works and is never ready: its readiness probe asks a port that nothing has opened."""

LOSES = [
    "the Deployment `dask-operator` keeps a Pod ready, for ten seconds without a break",
]

# %% change: operator
#- - --liveness=http://0.0.0.0:8080/healthz

#- livenessProbe:
#-   httpGet: {path: /healthz, port: 8080}
#-   initialDelaySeconds: 60
#-   periodSeconds: 20
#+ readinessProbe:
#+   httpGet: {path: /healthz, port: 8080}
#+   periodSeconds: 5

#- !kubectl rollout status deployment/dask-operator --timeout=60s
#+ !kubectl rollout status deployment/dask-operator --timeout=30s
