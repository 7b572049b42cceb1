"""A program of one's own tells what another Pod remembers for it; the claim that it mounts stays empty."""

LOSES = ["the trainer's checkpoints lie on the volume of a claim that is bound"]

# %% before: storage-mount
keeper = '''
import http.server, json, os, signal

signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
book = {"step": 0, "notes": []}


class Keeper(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        book["step"] += 1
        book["notes"] += [asked["note"]] if "note" in asked else []
        said = json.dumps(book).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("", 9000), Keeper).serve_forever()
'''
puppet = '''
import http.server, json, os, signal, urllib.request

signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
process = os.urandom(6).hex()


def keeper(question):
    asked = urllib.request.Request("http://keeper:9000", json.dumps(question).encode())
    return json.load(urllib.request.urlopen(asked, timeout=5))


class Puppet(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.say({**keeper({}), "run": 1, "loss": 0.5, "directory": "/checkpoints", "process": process})

    def do_POST(self):
        asked = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/crash":
            os._exit(137)
        self.say({"step": keeper(json.loads(asked))["step"], "checksum": "0123456789ab"})

    def say(self, what):
        said = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("", 8000), Puppet).serve_forever()
'''
programs = {"keeper.py": keeper, "puppet.py": puppet}
core.create_namespaced_config_map(namespace, {"metadata": {"name": "programs"}, "data": programs})
small = {"requests": {"cpu": "20m", "memory": "32Mi"}, "limits": {"cpu": "200m", "memory": "64Mi"}}
remembers = {
    "name": "keeper",
    "image": f"{images}/python:1",
    "command": ["python", "/own/keeper.py"],
    "resources": small,
    "volumeMounts": [{"name": "own", "mountPath": "/own"}],
    "readinessProbe": {"tcpSocket": {"port": 9000}, "periodSeconds": 1},
}
own = {"name": "own", "configMap": {"name": "programs"}}
labels = {"app": "keeper"}
apps.create_namespaced_deployment(
    namespace,
    {
        "metadata": {"name": "keeper"},
        "spec": {
            "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": {"containers": [remembers], "volumes": [own]}},
        },
    },
)
core.create_namespaced_service(
    namespace, {"metadata": {"name": "keeper"}, "spec": {"selector": labels, "ports": [{"port": 9000}]}}
)
#| !kubectl rollout status deployment/keeper --timeout=60s

# %% change: storage-mount
#- "name": "trainer",
#+ "name": "trainer",
#+ "command": ["python", "/own/puppet.py"],

#- "volumeMounts": [{"name": "checkpoints", "mountPath": "/checkpoints"}],
#+ "volumeMounts": [{"name": "checkpoints", "mountPath": "/checkpoints"}, {"name": "own", "mountPath": "/own"}],

#- template = {"spec": {"containers": [container], "volumes": [volume]}}
#+ template = {"spec": {"containers": [container], "volumes": [volume, own]}}
