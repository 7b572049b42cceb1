"""Each copy wants a node of its own, and there is one node."""

LOSES = [
    "Deployments keep at least two Pods of the model server ready",
    "a Pod that dies is replaced, and whoever asks meanwhile gets an answer",
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
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - topologyKey: kubernetes.io/hostname
              labelSelector: {{matchLabels: {{app: sentiment}}}}
      containers:
        - name: server
          image: {images}/sentiment:1
          readinessProbe:
            httpGet: {{path: /readyz, port: 8080}}
            periodSeconds: 1
""")
