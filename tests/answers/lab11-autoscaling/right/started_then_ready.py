"""A startup probe waits for the model, and a readiness probe asks seldom after that."""

# %% change: ranker-manifest
#- readinessProbe:
#- httpGet: {path: /readyz, port: http}
#- periodSeconds: 2
#- timeoutSeconds: 5
#+ startupProbe:
#+   httpGet: {path: /readyz, port: 8080}
#+   periodSeconds: 1
#+   failureThreshold: 90
#+ readinessProbe:
#+   httpGet: {path: /readyz, port: 8080}
#+   timeoutSeconds: 5
