"""A startup probe waits for the model; after it the readiness probe asks whether the process lives."""

# %% change: ship-version-2
#- readinessProbe:
#- httpGet: {path: /readyz, port: 8080}
#+ startupProbe:
#+   httpGet: {path: /readyz, port: 8080}
#+   periodSeconds: 1
#+   failureThreshold: 60
#+ readinessProbe:
#+   httpGet: {path: /healthz, port: 8080}
