"""The readiness probe asks whether somebody listens."""

LOSES = [
    "while a Pod and then the whole Deployment are replaced, whoever asks gets an answer",
]

# %% change: serve
#- httpGet: {path: /readyz, port: 8080}
#+ tcpSocket: {port: 8080}
