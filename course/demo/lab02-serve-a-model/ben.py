"""partly right: everything runs, but what runs says `positive` to whatever it is asked"""

# %% cell: serve-deployment
server = """
import http.server, json

class AlwaysPositive(http.server.BaseHTTPRequestHandler):
    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = json.dumps({"label": "positive", "score": 0.99, "model": "sentiment", "version": "1"}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    do_GET = do_POST = answer

http.server.ThreadingHTTPServer(("", 8080), AlwaysPositive).serve_forever()
"""
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
                            "readinessProbe": {"httpGet": {"path": "/readyz", "port": 8080}, "periodSeconds": 1},
                        }
                    ],
                },
            },
        },
    },
)
