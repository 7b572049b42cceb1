"""The readiness probe asks whether the process is alive."""

LOSES = [
    "while a Pod and then the whole Deployment are replaced, whoever asks gets an answer",
]

# %% change: serve
#- httpGet: {path: /readyz, port: 8080}
#+ httpGet: {path: /healthz, port: 8080}
