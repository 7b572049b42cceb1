"""The readiness probe asks whether the process is alive, and so seldom that the model happens to be loaded by then."""

LOSES = [
    "a new Pod is asked nothing before its model is loaded",
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
          readinessProbe:
            httpGet: {{path: /healthz, port: 8080}}
""")
