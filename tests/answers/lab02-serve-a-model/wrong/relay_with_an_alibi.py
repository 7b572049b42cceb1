"""The model's server was named by an init container that has ended; what the Deployment keeps is a relay to a StatefulSet."""

LOSES = [
    "Deployments keep at least two Pods of the model server ready",
]

# %% cell: serve-deployment
relay = """
import http.server, urllib.request

class Relay(http.server.BaseHTTPRequestHandler):
    def answer(self):
        question = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request = urllib.request.Request("http://model" + self.path, question or None, {"Content-Type": "application/json"})
        body = urllib.request.urlopen(request).read()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    do_GET = do_POST = answer

http.server.ThreadingHTTPServer(("", 8080), Relay).serve_forever()
"""


def workload(name, before=(), **container):
    probe = {"httpGet": {"path": "/readyz", "port": 8080}, "periodSeconds": 1, "timeoutSeconds": 5}
    server = {"name": "server", "image": f"{images}/sentiment:1", "readinessProbe": probe, **container}
    template = {"metadata": {"labels": {"app": name}}, "spec": {"initContainers": [*before], "containers": [server]}}
    return {"metadata": {"name": name}, "spec": {"replicas": 2, "selector": {"matchLabels": {"app": name}}, "template": template}}


stateful = workload("model")
stateful["spec"] |= {"serviceName": "model", "podManagementPolicy": "Parallel"}
apps.create_namespaced_stateful_set(namespace, stateful)
#| !kubectl create service clusterip model --tcp=80:8080
alibi = {"name": "model", "image": f"{images}/sentiment:1", "command": ["sh", "-c", "ls /srv/server.py"]}
relayed = {"image": f"{images}/python:1", "command": ["python3", "-c", relay]}
apps.create_namespaced_deployment(namespace, workload("sentiment", before=[alibi], **relayed))
