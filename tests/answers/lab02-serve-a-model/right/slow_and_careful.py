"""A Pod counts as available only after some seconds, all are replaced at once, and it says goodbye slowly."""

# %% cell: serve-deployment
apply(f"""
apiVersion: apps/v1
kind: Deployment
metadata:
  name: sentiment
spec:
  replicas: 2
  minReadySeconds: 5
  revisionHistoryLimit: 0
  strategy: {{type: Recreate}}
  selector:
    matchLabels: {{app: sentiment}}
  template:
    metadata:
      labels: {{app: sentiment}}
    spec:
      terminationGracePeriodSeconds: 40
      containers:
        - name: server
          image: {images}/sentiment:1
          lifecycle:
            preStop: {{exec: {{command: [sleep, "3"]}}}}
          livenessProbe:
            httpGet: {{path: /healthz, port: 8080}}
            initialDelaySeconds: 20
          readinessProbe:
            httpGet: {{path: /readyz, port: 8080}}
            periodSeconds: 1
""")
