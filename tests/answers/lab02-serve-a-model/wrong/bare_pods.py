"""Two Pods made by hand stand behind the Service, and nobody replaces them."""

LOSES = [
    "Deployments keep at least two Pods of the model server ready",
    "a new Pod is asked nothing before its model is loaded",
    "every Pod behind the Service `sentiment` is kept by a Deployment",
    "a Pod that dies is replaced, and whoever asks meanwhile gets an answer",
]

# %% cell: serve-deployment
for name in ("sentiment-a", "sentiment-b"):
    apply(f"""
apiVersion: v1
kind: Pod
metadata:
  name: {name}
  labels: {{app: sentiment}}
spec:
  containers:
    - name: server
      image: {images}/sentiment:1
      readinessProbe:
        httpGet: {{path: /readyz, port: 8080}}
        periodSeconds: 1
""")
