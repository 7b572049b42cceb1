"""Another Deployment, which has nothing to do with it, never starts."""

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
            httpGet: {{path: /readyz, port: 8080}}
            periodSeconds: 1
""")
apply(f"""
apiVersion: apps/v1
kind: Deployment
metadata:
  name: experiment
spec:
  replicas: 3
  selector:
    matchLabels: {{app: experiment}}
  template:
    metadata:
      labels: {{app: experiment}}
    spec:
      containers:
        - name: server
          image: {images}/sentiment:nightly
""")
