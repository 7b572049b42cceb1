"""The probe asks whether somebody listens, as in the worked example; the one that was there goes."""

LOSES = [
    "a new Pod behind the Service is asked nothing before its model is loaded",
]

# %% change: ship-version-2
#- httpGet: {path: /readyz, port: 8080}
#+ tcpSocket: {port: 8080}

# %% before: ship-version-2
#| !kubectl patch deployment eta --type=json -p '[{{"op": "remove", "path": "/spec/template/spec/containers/0/readinessProbe"}}]'
