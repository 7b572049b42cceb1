"""Ports and probes are called by name, and a startup probe holds the readiness probe back."""

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
      labels: {{app: sentiment, tier: model}}
    spec:
      containers:
        - name: server
          image: {images}/sentiment:1
          ports:
            - {{name: predictions, containerPort: 8080}}
          startupProbe:
            httpGet: {{path: /readyz, port: predictions}}
            periodSeconds: 1
            failureThreshold: 60
          readinessProbe:
            httpGet: {{path: /readyz, port: predictions}}
            periodSeconds: 2
""")

# %% cell: serve-service
apply("""
apiVersion: v1
kind: Service
metadata:
  name: sentiment
spec:
  selector: {app: sentiment}
  ports:
    - name: http
      port: 80
      targetPort: predictions
""")
