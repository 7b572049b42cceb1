"""One copy is asked for, and an autoscaler that wants two has not acted yet."""

# %% cell: serve-deployment
apply(f"""
apiVersion: apps/v1
kind: Deployment
metadata:
  name: sentiment
spec:
  replicas: 1
  selector:
    matchLabels: {{app: sentiment}}
  template:
    metadata:
      labels: {{app: sentiment}}
    spec:
      containers:
        - name: server
          image: {images}/sentiment:1
          resources:
            requests: {{cpu: 50m}}
          readinessProbe:
            httpGet: {{path: /readyz, port: 8080}}
            periodSeconds: 1
""")
apply("""
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: sentiment
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: sentiment}
  minReplicas: 2
  maxReplicas: 3
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 95}}
""")
