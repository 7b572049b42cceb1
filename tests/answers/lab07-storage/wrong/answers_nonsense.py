"""Another program answers in the trainer's place, with whatever comes to its mind."""

LOSES = [
    "the trainer's checkpoints lie on the volume of a claim that is bound",
    "a trainer that crashes goes on from its last checkpoint",
    "the Pod in the place of a deleted one goes on from its last checkpoint",
    "the Pod after the next knows all that the Pods before it took down",
]

# %% before: storage-mount
program = '''
import http.server, os, signal

signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
said = '{"step": 1e999, "run": [], "directory": {"a": "\\\\ud800"}, "notes": "none", "process": ' + "9" * 4000 + "}"


class Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(said.encode())

    def do_POST(self):
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
