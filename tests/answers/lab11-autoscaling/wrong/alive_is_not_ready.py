"""The readiness probe asks whether the process lives."""

LOSES = [
    "a new replica gets requests from the Service, and none before it answers them",
]

# %% change: ranker-manifest
#- httpGet: {path: /readyz, port: http}
#+ httpGet: {path: /healthz, port: http}
