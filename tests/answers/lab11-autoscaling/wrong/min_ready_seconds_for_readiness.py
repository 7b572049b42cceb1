"""minReadySeconds and a liveness probe stand where a readiness probe should."""

LOSES = [
    "a new replica gets requests from the Service, and none before it answers them",
]

# %% change: ranker-manifest
#- selector:
#+ minReadySeconds: 6
#+ selector:

#- readinessProbe:
#-   httpGet: {path: /readyz, port: http}
#-   periodSeconds: 2
#-   timeoutSeconds: 5
#+ livenessProbe:
#+   httpGet: {path: /readyz, port: http}
#+   initialDelaySeconds: 10
#+   periodSeconds: 5
#+   timeoutSeconds: 5
#+   failureThreshold: 6
