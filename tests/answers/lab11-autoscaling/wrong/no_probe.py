"""There is no readiness probe, as there was none before."""

LOSES = [
    "a new replica gets requests from the Service, and none before it answers them",
]

# %% change: ranker-manifest
#- readinessProbe:
#- httpGet: {path: /readyz, port: http}
#- periodSeconds: 2
#- timeoutSeconds: 5
