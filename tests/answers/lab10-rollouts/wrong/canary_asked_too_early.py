"""`eta` tells the truth when it is ready, and its canary says what is always true."""

LOSES = [
    "a new Pod behind the Service is asked nothing before its model is loaded",
]

# %% change: canary
#- httpGet: {path: /readyz, port: 8080}
#+ httpGet: {path: /healthz, port: 8080}
