"""A startup probe waits for the model, and after that it is enough that somebody listens."""

# %% change: serve
#- readinessProbe:
#-   httpGet: {path: /readyz, port: 8080}
#-   periodSeconds: 1
#-   timeoutSeconds: 5
#+ startupProbe:
#+   httpGet: {path: /readyz, port: 8080}
#+   periodSeconds: 1
#+   timeoutSeconds: 5
#+   failureThreshold: 120
#+ readinessProbe:
#+   tcpSocket: {port: 8080}
#+   periodSeconds: 1
#+ livenessProbe:
#+   httpGet: {path: /healthz, port: 8080}
#+   periodSeconds: 10
#+   timeoutSeconds: 10
#+   failureThreshold: 6
