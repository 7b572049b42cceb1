"""A Deployment of the model without a probe is left over, and no Service sends it anything."""

# %% cell: serve-deployment
apply(f"""
apiVersion: apps/v1
kind: Deployment
metadata:
  name: first-try
spec:
  replicas: 1
  selector:
    matchLabels: {{app: first-try}}
  template:
    metadata:
      labels: {{app: first-try}}
    spec:
      containers:
        - name: server
          image: {images}/sentiment:1
""")
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
