"""Five Pods take every connection, so that their probe is content, and answer none."""

LOSES = [
    "Deployments keep at least two Pods of the model server ready",
    "a new Pod is asked nothing before its model is loaded",
    "the Service gives the right label to sentences it has never seen",
    "another Pod reaches the model as `http://sentiment`",
    "a Pod that dies is replaced, and whoever asks meanwhile gets an answer",
]

# %% cell: serve-deployment
apply(f"""
apiVersion: apps/v1
kind: Deployment
metadata:
  name: sentiment
spec:
  replicas: 5
  selector:
    matchLabels: {{app: sentiment}}
  template:
    metadata:
      labels: {{app: sentiment}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - name: server
          image: {images}/python:1
          command:
            - python
            - -c
            - |
              import socket
              held, listening = [], socket.create_server(("", 8080))
              while True:
                  held.append(listening.accept())
          readinessProbe:
            tcpSocket: {{port: 8080}}
            periodSeconds: 1
""")
