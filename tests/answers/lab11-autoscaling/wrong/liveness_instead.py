"""The probe is right, and is a liveness probe."""

LOSES = [
    "a new replica gets requests from the Service, and none before it answers them",
]

# %% change: ranker-manifest
#- readinessProbe:
#- httpGet: {path: /readyz, port: http}
#- periodSeconds: 2
#- timeoutSeconds: 5
#+ livenessProbe:
#+   httpGet: {path: /readyz, port: http}
#+   initialDelaySeconds: 10
#+   timeoutSeconds: 5
