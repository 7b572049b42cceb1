"""The Service has two ports, and 80 is neither of them."""

LOSES = [
    "another Pod reaches the model as `http://sentiment`",
]

# %% change: serve-service
#- - port: 80
#-   targetPort: 8080
#+ - {name: metrics, port: 9090, targetPort: 9090}
#+ - {name: predictions, port: 8080, targetPort: 8080}
