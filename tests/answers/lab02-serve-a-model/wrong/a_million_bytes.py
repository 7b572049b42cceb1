"""The memory limit is 1M, a million bytes, where a gibibyte was meant."""

LOSES = [
    "Deployments keep at least two Pods of the model server ready",
    "a new Pod is asked nothing before its model is loaded",
    "every Pod behind the Service `sentiment` is kept by a Deployment",
    "the Service gives the right label to sentences it has never seen",
    "another Pod reaches the model as `http://sentiment`",
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
            limits: {{memory: 1M}}
          readinessProbe:
            httpGet: {{path: /readyz, port: 8080}}
            periodSeconds: 1
""")
