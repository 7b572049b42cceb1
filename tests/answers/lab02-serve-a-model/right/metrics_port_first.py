"""The Service has three ports, and the one for predictions is the last."""

# %% change: serve-service
#- - port: 80
#-   targetPort: 8080
#+ - {name: metrics, port: 9090, targetPort: 9090}
#+ - {name: admin, port: 8080, targetPort: 9999}
#+ - {name: predictions, port: 80, targetPort: 8080}
