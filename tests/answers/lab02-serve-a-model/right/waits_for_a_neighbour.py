"""An init container fails until the Service is there, ends well at its third try, and the model comes after it."""

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
      volumes:
        - name: tries
          emptyDir: {{}}
      initContainers:
        - name: third-time
          image: {images}/python:1
          command: [sh, -c, "echo x >> /tries/made; test $(wc -l < /tries/made) -ge 3"]
          volumeMounts:
            - {{name: tries, mountPath: /tries}}
      containers:
        - name: server
          image: {images}/sentiment:1
          readinessProbe:
            httpGet: {{path: /readyz, port: 8080}}
            periodSeconds: 1
""")
