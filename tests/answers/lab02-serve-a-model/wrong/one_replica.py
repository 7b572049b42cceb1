"""There is one copy, and nothing answers while it is replaced."""

LOSES = [
    "Deployments keep at least two Pods of the model server ready",
    "a Pod that dies is replaced, and whoever asks meanwhile gets an answer",
]

# %% change: serve-deployment
#- replicas: 2
#+ replicas: 1

#- ports:
#-   - containerPort: 8080
