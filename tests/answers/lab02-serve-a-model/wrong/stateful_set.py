"""A StatefulSet keeps the Pods, and no Deployment does."""

LOSES = [
    "Deployments keep at least two Pods of the model server ready",
    "every Pod behind the Service `sentiment` is kept by a Deployment",
]

# %% change: serve-deployment
#- kind: Deployment
#+ kind: StatefulSet

#- replicas: 2
#+ replicas: 2
#+ serviceName: sentiment

#- ports:
#-   - containerPort: 8080
