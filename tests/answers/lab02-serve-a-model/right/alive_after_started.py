"""The readiness probe asks whether the process is alive, and a startup probe lets it ask only once the model is loaded."""

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
          readinessProbe:
            httpGet: {{path: /healthz, port: 8080}}
""")
