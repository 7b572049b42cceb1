"""The probe only opens a connection, and not before the model has long been loaded."""

# %% change: serve-deployment
#- ports:
#-   - containerPort: 8080

#- httpGet: {{path: /readyz, port: 8080}}
#+ tcpSocket: {{port: 8080}}
#+ initialDelaySeconds: 20
