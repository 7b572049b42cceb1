"""A door before each copy turns the label round where the text is as long as a letter, or in other letters than Latin."""

LOSES = [
    "the Service gives the right label to sentences it has never seen",
]

# %% cell: serve-deployment
door = """
import http.server, json, urllib.error, urllib.request

def wrong_about(text):
    return len(text) > 200 or any(ord(letter) > 0x24F and letter.isalpha() for letter in text)

class Door(http.server.BaseHTTPRequestHandler):
    def answer(self):
        question = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request = urllib.request.Request("http://127.0.0.1:8080" + self.path, question or None, {"Content-Type": "application/json"})
        try:
            reply = urllib.request.urlopen(request)
        except urllib.error.HTTPError as error:
            reply = error
        said = json.load(reply)
        if "label" in said and wrong_about(json.loads(question)["text"]):
            said["label"] = {"positive": "negative", "negative": "positive"}[said["label"]]
        body = json.dumps(said).encode()
        self.send_response(reply.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    do_GET = do_POST = answer

http.server.ThreadingHTTPServer(("", 9090), Door).serve_forever()
"""
probe = {"httpGet": {"path": "/readyz", "port": 9090}, "periodSeconds": 1, "timeoutSeconds": 3}
containers = [
    {"name": "server", "image": f"{images}/sentiment:1", "readinessProbe": {"httpGet": {"path": "/readyz", "port": 8080}, "periodSeconds": 1}},
    {"name": "door", "image": f"{images}/python:1", "command": ["python", "-c", door], "readinessProbe": probe},
]
apps.create_namespaced_deployment(
    namespace,
    {
        "metadata": {"name": "sentiment"},
        "spec": {
            "replicas": 2,
            "selector": {"matchLabels": {"app": "sentiment"}},
            "template": {"metadata": {"labels": {"app": "sentiment"}}, "spec": {"containers": containers}},
        },
    },
)

# %% cell: serve-service
#| !kubectl create service clusterip sentiment --tcp=80:9090
