"""One Pod of the model is enough, thinks its author, and makes the second a stub that calls everything positive."""

LOSES = [
    "Deployments keep at least two Pods of the model server ready",
    "a Pod that dies is replaced, and whoever asks meanwhile gets an answer",
]

# %% cell: serve-deployment
stub = """
import http.server, json

class Stub(http.server.BaseHTTPRequestHandler):
    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = json.dumps({"label": "positive", "score": 0.5, "model": "sentiment", "version": "1"}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    do_GET = do_POST = answer

http.server.ThreadingHTTPServer(("", 8080), Stub).serve_forever()
"""


def one_pod(name, **container):
    probe = {"httpGet": {"path": "/readyz", "port": 8080}, "periodSeconds": 1}
    labels = {"app": name}
    template = {"metadata": {"labels": labels}, "spec": {"containers": [{"name": "server", "readinessProbe": probe, **container}]}}
    apps.create_namespaced_deployment(
        namespace,
        {"metadata": {"name": name}, "spec": {"replicas": 1, "selector": {"matchLabels": labels}, "template": template}},
    )


one_pod("sentiment", image=f"{images}/sentiment:1")
one_pod("second", image=f"{images}/python:1", command=["python", "-c", stub])
