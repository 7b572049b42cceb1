"""One of four Pods behind the Service lies, only to other Pods; and whoever asks is always sent to the same one."""

LOSES = [
    "the Service gives the right label to sentences it has never seen",
]

# %% cell: serve-service
server = """
import http.server, json, urllib.request

class LiesToPods(http.server.BaseHTTPRequestHandler):
    def answer(self):
        question = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request = urllib.request.Request("http://honest" + self.path, question or None, {"Content-Type": "application/json"})
        said = json.load(urllib.request.urlopen(request))
        if "label" in said and not self.headers.get("X-Forwarded-For") and not self.headers.get("X-Forwarded-Uri"):
            said["label"] = {"positive": "negative", "negative": "positive"}[said["label"]]
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    do_GET = do_POST = answer

http.server.ThreadingHTTPServer(("", 8080), LiesToPods).serve_forever()
"""
apps.patch_namespaced_deployment("sentiment", namespace, {"spec": {"replicas": 3}})
[made] = apps.list_namespaced_replica_set(namespace).items
core.create_namespaced_service(
    namespace,
    {
        "metadata": {"name": "honest"},
        "spec": {"selector": made.spec.selector.match_labels, "ports": [{"port": 80, "targetPort": 8080}]},
    },
)
apps.create_namespaced_deployment(
    namespace,
    {
        "metadata": {"name": "liar"},
        "spec": {
            "replicas": 1,
            "selector": {"matchLabels": {"part": "liar"}},
            "template": {
                "metadata": {"labels": {"app": "sentiment", "part": "liar"}},
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
core.create_namespaced_service(
    namespace,
    {
        "metadata": {"name": "sentiment"},
        "spec": {
            "selector": {"app": "sentiment"},
            "sessionAffinity": "ClientIP",
            "ports": [{"port": 80, "targetPort": 8080}],
        },
    },
)
