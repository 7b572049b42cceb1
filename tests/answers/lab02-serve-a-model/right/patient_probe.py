"""The probe only opens a connection, and not before the model has long been loaded."""

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
            tcpSocket: {{port: 8080}}
            initialDelaySeconds: 20
            periodSeconds: 1
""")
