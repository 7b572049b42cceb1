"""Without a readiness probe a Pod counts as ready while its model is still loading."""

LOSES = [
    "a new Pod is asked nothing before its model is loaded",
]

# %% change: serve-deployment
#- ports:
#-   - containerPort: 8080
#- readinessProbe:
#-   httpGet: {{path: /readyz, port: 8080}}
#-   periodSeconds: 1
