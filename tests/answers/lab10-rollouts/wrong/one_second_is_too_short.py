"""A probe that is always true, and a delay of one second where loading takes two."""

LOSES = [
    "a new Pod behind the Service is asked nothing before its model is loaded",
]

# %% change: ship-version-2
#- httpGet: {path: /readyz, port: 8080}
#+ httpGet: {path: /healthz, port: 8080}
#+ initialDelaySeconds: 1
