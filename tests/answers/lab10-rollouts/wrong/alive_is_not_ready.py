"""The readiness probe stays as it was, and asks whether the process lives."""

LOSES = [
    "a new Pod behind the Service is asked nothing before its model is loaded",
]

# %% change: ship-version-2
#- httpGet: {path: /readyz, port: 8080}
#+ httpGet: {path: /healthz, port: 8080}
