"""A startup probe holds the Pod back until the model is loaded; there is no readiness probe."""

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
          startupProbe:
            httpGet: {{path: /readyz, port: 8080}}
            periodSeconds: 1
            failureThreshold: 120
""")
