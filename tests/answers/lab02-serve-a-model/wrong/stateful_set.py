"""A StatefulSet keeps the Pods, and no Deployment does."""

LOSES = [
    "Deployments keep at least two Pods of the model server ready",
    "every Pod behind the Service `sentiment` is kept by a Deployment",
]

# %% cell: serve-deployment
apply(f"""
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: sentiment
spec:
  replicas: 2
  serviceName: sentiment
  selector:
    matchLabels: {{app: sentiment}}
  template:
    metadata:
      labels: {{app: sentiment}}
    spec:
      containers:
        - name: server
          image: {images}/sentiment:1
          readinessProbe:
            httpGet: {{path: /readyz, port: 8080}}
            periodSeconds: 1
""")
