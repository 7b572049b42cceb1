"""A canary that says `positive` to everything stands behind the Service, beside three Pods of the model."""

LOSES = [
    "the Service gives the right label to sentences it has never seen",
]

# %% cell: serve-service
server = """
import http.server, json

class AlwaysPositive(http.server.BaseHTTPRequestHandler):
    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = json.dumps({"label": "positive", "score": 0.99, "model": "sentiment", "version": "0"}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    do_GET = do_POST = answer

http.server.ThreadingHTTPServer(("", 8080), AlwaysPositive).serve_forever()
"""
apps.create_namespaced_deployment(
    namespace,
    {
        "metadata": {"name": "canary"},
        "spec": {
            "replicas": 1,
            "selector": {"matchLabels": {"track": "canary"}},
            "template": {
                "metadata": {"labels": {"app": "sentiment", "track": "canary"}},
                "spec": {
                    "terminationGracePeriodSeconds": 1,
                    "containers": [
                        {
                            "name": "server",
                            "image": f"{images}/python:1",
                            "command": ["python", "-c", server],
                            "readinessProbe": {"httpGet": {"path": "/readyz", "port": 8080}, "periodSeconds": 1},
                        }
                    ],
                },
            },
        },
    },
)
apps.patch_namespaced_deployment("sentiment", namespace, {"spec": {"replicas": 3}})
core.create_namespaced_service(
    namespace,
    {
        "metadata": {"name": "sentiment"},
        "spec": {"selector": {"app": "sentiment"}, "ports": [{"port": 80, "targetPort": 8080}]},
    },
)
