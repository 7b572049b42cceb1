"""Nobody asks a server whether it is ready."""

LOSES = [
    "while a Pod and then the whole Deployment are replaced, whoever asks gets an answer",
]

# %% change: serve
#- readinessProbe:
#-   httpGet: {path: /readyz, port: 8080}
#-   periodSeconds: 1
#-   timeoutSeconds: 5
