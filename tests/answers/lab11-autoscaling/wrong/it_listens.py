"""The readiness probe asks whether anybody listens."""

LOSES = [
    "a new replica gets requests from the Service, and none before it answers them",
]

# %% change: ranker-manifest
#- httpGet: {path: /readyz, port: http}
#+ tcpSocket: {port: http}
