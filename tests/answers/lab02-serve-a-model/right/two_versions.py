"""Version 1 and version 2 stand behind one Service, and a bare Pod of another kind stands beside."""

# %% cell: serve-deployment
apply(f"""
apiVersion: apps/v1
kind: Deployment
metadata:
  name: sentiment-old
spec:
  replicas: 1
  selector:
    matchLabels: {{app: sentiment, version: old}}
  template:
    metadata:
      labels: {{app: sentiment, version: old}}
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
  name: sentiment-new
spec:
  replicas: 1
  selector:
    matchLabels: {{app: sentiment, version: new}}
  template:
    metadata:
      labels: {{app: sentiment, version: new}}
    spec:
      containers:
        - name: server
          image: {images}/sentiment:2
          readinessProbe:
            httpGet: {{path: /readyz, port: 8080}}
            periodSeconds: 1
""")
apply(f"""
apiVersion: v1
kind: Pod
metadata:
  name: notes
  labels: {{app: notes}}
spec:
  containers:
    - name: notes
      image: {images}/python:1
      command: [python, -m, http.server, "8080"]
""")
