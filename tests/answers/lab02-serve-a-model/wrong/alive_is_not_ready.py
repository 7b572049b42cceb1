"""The readiness probe asks whether the process is alive, not whether the model is loaded."""

LOSES = [
    "a new Pod is asked nothing before its model is loaded",
]

# %% change: serve-deployment
#- ports:
#-   - containerPort: 8080

#- httpGet: {{path: /readyz, port: 8080}}
#+ httpGet: {{path: /healthz, port: 8080}}
