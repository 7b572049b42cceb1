"""The readiness probe asks whether the process is alive, and so seldom that the model happens to be loaded by then."""

LOSES = [
    "a new Pod is asked nothing before its model is loaded",
]

# %% change: serve-deployment
#- ports:
#-   - containerPort: 8080

#- httpGet: {{path: /readyz, port: 8080}}
#- periodSeconds: 1
#+ httpGet: {{path: /healthz, port: 8080}}
