"""A third copy is asked for, and the quota does not let it be made."""

# %% cell: serve-deployment
apply(f"""
apiVersion: apps/v1
kind: Deployment
metadata:
  name: sentiment
spec:
  replicas: 3
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
            requests: {{memory: 400Mi}}
          readinessProbe:
            httpGet: {{path: /readyz, port: 8080}}
            periodSeconds: 1
""")
