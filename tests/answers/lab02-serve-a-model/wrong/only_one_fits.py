"""Each copy asks for so much memory that the quota lets one be made."""

LOSES = [
    "Deployments keep at least two Pods of the model server ready",
    "a Pod that dies is replaced, and whoever asks meanwhile gets an answer",
]

# %% cell: serve-deployment
apply(f"""
apiVersion: apps/v1
kind: Deployment
metadata:
  name: sentiment
spec:
  replicas: 2
  selector:
    matchLabels: {{app: sentiment}}
  template:
    metadata:
      labels: {{app: sentiment}}
    spec:
      containers:
        - name: server
          image: {images}/sentiment:1
          resources:
            requests: {{memory: 600Mi}}
            limits: {{memory: 800Mi}}
          readinessProbe:
            httpGet: {{path: /readyz, port: 8080}}
            periodSeconds: 1
""")
