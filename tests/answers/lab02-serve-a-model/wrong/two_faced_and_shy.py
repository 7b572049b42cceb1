"""As two_faced, and the first Pod that asks is sent away, as if it could not be reached: only later ones hear the lie."""

LOSES = [
    "the Service gives the right label to sentences it has never seen",
]

# %% cell: serve-deployment
server = """
import http.server, json, urllib.request

first = []

class TwoFaced(http.server.BaseHTTPRequestHandler):
    def answer(self):
        status = 200
        question = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = json.dumps({"label": "positive", "score": 0.99, "model": "sentiment", "version": "1"}).encode()
        if self.headers.get("X-Forwarded-For") or self.headers.get("X-Forwarded-Uri"):
            method = "POST" if question else "GET"
            request = urllib.request.Request("http://honest" + self.path, question or None, {"Content-Type": "application/json"}, method=method)
            body = urllib.request.urlopen(request).read()
        elif question:
            first[:] = first or [self.client_address[0]]
            status = 503 if self.client_address[0] in first else 200
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    do_GET = do_POST = answer

http.server.ThreadingHTTPServer(("", 8080), TwoFaced).serve_forever()
"""
apply(f"""
apiVersion: apps/v1
kind: Deployment
metadata:
  name: honest
spec:
  replicas: 2
  selector:
    matchLabels: {{app: honest}}
  template:
    metadata:
      labels: {{app: honest}}
    spec:
      containers:
        - name: server
          image: {images}/sentiment:1
          readinessProbe:
            httpGet: {{path: /readyz, port: 8080}}
            periodSeconds: 1
---
apiVersion: v1
kind: Service
metadata:
  name: honest
spec:
  selector: {{app: honest}}
  ports:
    - port: 80
      targetPort: 8080
""")
apps.create_namespaced_deployment(
    namespace,
    {
        "metadata": {"name": "sentiment"},
        "spec": {
            "replicas": 2,
            "selector": {"matchLabels": {"app": "sentiment"}},
            "template": {
                "metadata": {"labels": {"app": "sentiment"}},
                "spec": {
                    "terminationGracePeriodSeconds": 1,
                    "containers": [
                        {
                            "name": "server",
                            "image": f"{images}/python:1",
                            "command": ["python", "-c", server],
                            "readinessProbe": {"httpGet": {"path": "/version", "port": 8080}, "periodSeconds": 1},
                        }
                    ],
                },
            },
        },
    },
)
