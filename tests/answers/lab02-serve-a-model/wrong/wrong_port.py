"""The Service listens on the server's port instead of port 80."""

LOSES = [
    "another Pod reaches the model as `http://sentiment`",
]

# %% change: serve-service
#- - port: 80
#-   targetPort: 8080
#+ - port: 8080
