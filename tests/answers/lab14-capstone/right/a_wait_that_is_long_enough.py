"""The probe asks whether the process is alive, after a wait of eight seconds."""

# %% change: serve
#- httpGet: {path: /readyz, port: 8080}
#+ httpGet: {path: /healthz, port: 8080}
#+ initialDelaySeconds: 8
