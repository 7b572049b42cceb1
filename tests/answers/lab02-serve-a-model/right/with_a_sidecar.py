"""A second container that nothing probes runs beside the server in every Pod."""

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
        - name: diary
          image: {images}/python:1
          command: [python, -c, "import time; time.sleep(100000)"]
""")
