"""Beside the Deployment's Pods stands one made by hand, with the label that the Service selects."""

LOSES = [
    "every Pod behind the Service `sentiment` is kept by a Deployment",
]

# %% after: serve-service
apply(f"""
apiVersion: v1
kind: Pod
metadata:
  name: by-hand
  labels: {{app: sentiment}}
spec:
  containers:
    - name: server
      image: {images}/sentiment:1
      readinessProbe:
        httpGet: {{path: /readyz, port: 8080}}
        periodSeconds: 1
""")
