"""The second copy is a relay that asks the first: it answers rightly on port 8080, and there is one server all the same."""

LOSES = [
    "Deployments keep at least two Pods of the model server ready",
    "a Pod that dies is replaced, and whoever asks meanwhile gets an answer",
]

# %% cell: serve-deployment
relay = """
import http.server, urllib.request

class Relay(http.server.BaseHTTPRequestHandler):
    def answer(self):
        question = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request = urllib.request.Request("http://sentiment" + self.path, question or None, {"Content-Type": "application/json"})
        body = urllib.request.urlopen(request).read()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    do_GET = do_POST = answer

http.server.ThreadingHTTPServer(("", 8080), Relay).serve_forever()
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
one_pod("second", image=f"{images}/python:1", command=["python", "-c", relay])
