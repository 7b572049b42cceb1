"""Of two Deployments behind the Service one has no readiness probe."""

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
            httpGet: {{path: /readyz, port: 8080}}
            periodSeconds: 1
""")
apply(f"""
apiVersion: apps/v1
kind: Deployment
metadata:
  name: sentiment-extra
spec:
  replicas: 1
  selector:
    matchLabels: {{app: sentiment, extra: "yes"}}
  template:
    metadata:
      labels: {{app: sentiment, extra: "yes"}}
    spec:
      containers:
        - name: server
          image: {images}/sentiment:1
""")
