"""A Pod made by hand joins the Service's Pods some seconds after the others."""

LOSES = [
    "every Pod behind the Service `sentiment` is kept by a Deployment",
]

# %% after: serve-service
apply(f"""
apiVersion: v1
kind: Pod
metadata:
  name: late
  labels: {{app: sentiment}}
spec:
  containers:
    - name: server
      image: {images}/sentiment:1
      readinessProbe:
        httpGet: {{path: /readyz, port: 8080}}
        periodSeconds: 1
      command: [sh, -c, "sleep 10; exec python3 /srv/server.py"]
""")
