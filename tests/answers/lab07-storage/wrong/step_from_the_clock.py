"""Another program answers in the trainer's place: its step is the clock's, and it remembers nothing."""

LOSES = [
    "the trainer's checkpoints lie on the volume of a claim that is bound",
    "a trainer that crashes goes on from its last checkpoint",
    "the Pod in the place of a deleted one goes on from its last checkpoint",
    "the Pod after the next knows all that the Pods before it took down",
]

# %% before: storage-mount
program = '''
import http.server, json, os, signal, time

signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
process = os.urandom(4).hex()


class Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        step = int(time.time()) % 100000000
        said = {"step": step, "run": 2, "directory": "/checkpoints", "notes": [], "process": process, "checksum": "0"}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())
        if self.path == "/crash":
            self.wfile.flush()
            os._exit(1)

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.do_GET()


http.server.ThreadingHTTPServer(("", 8000), Server).serve_forever()
'''
core.create_namespaced_config_map(namespace, {"metadata": {"name": "fake"}, "data": {"fake.py": program}})

# %% change: storage-mount
#- "name": "trainer",
#+ "name": "trainer",
#+ "command": ["python", "/fake/fake.py"],

#- "volumeMounts": [{"name": "checkpoints", "mountPath": "/checkpoints"}],
#+ "volumeMounts": [{"name": "checkpoints", "mountPath": "/checkpoints"}, {"name": "fake", "mountPath": "/fake"}],

#- template = {"spec": {"containers": [container], "volumes": [volume]}}
#+ fake = {"name": "fake", "configMap": {"name": "fake"}}
#+ template = {"spec": {"containers": [container], "volumes": [volume, fake]}}
