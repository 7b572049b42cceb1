"""The readiness probe asks whether the process is alive, and a startup probe lets it ask only once the model is loaded."""

# %% change: serve-deployment
#- ports:
#-   - containerPort: 8080
#- readinessProbe:
#+ startupProbe:

#-   periodSeconds: 1
#+   periodSeconds: 1
#+   failureThreshold: 120
#+ readinessProbe:
#+   httpGet: {{path: /healthz, port: 8080}}
