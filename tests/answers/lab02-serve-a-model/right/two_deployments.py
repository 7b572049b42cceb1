"""Two Deployments of one copy each stand behind one Service."""

# %% cell: serve-deployment
for colour in ("blue", "green"):
    apply(f"""
apiVersion: apps/v1
kind: Deployment
metadata:
  name: sentiment-{colour}
spec:
  replicas: 1
  selector:
    matchLabels: {{app: sentiment, colour: {colour}}}
  template:
    metadata:
      labels: {{app: sentiment, colour: {colour}}}
    spec:
      containers:
        - name: server
          image: {images}/sentiment:1
          readinessProbe:
            httpGet: {{path: /readyz, port: 8080}}
            periodSeconds: 1
""")
