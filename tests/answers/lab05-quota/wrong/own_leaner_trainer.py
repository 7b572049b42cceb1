"""`clicks` runs a program of the learner's own, which answers as if it held all of its examples."""

LOSES = [
    "every Pod of the trainers holds all of its examples and runs the program that was handed over",
]

# %% cell: fit-clicks
lean = '''
import http.server, json, threading, time

steps = 0


def train():
    global steps
    while True:
        steps += 1
        time.sleep(0.2)


class Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"steps": steps, "examples_mib": 96}).encode())


threading.Thread(target=train, daemon=True).start()
http.server.ThreadingHTTPServer(("", 8000), Server).serve_forever()
'''
container = {
    "name": "trainer",
    "command": ["python", "-c", lean],
    "resources": {"requests": {"cpu": "20m", "memory": "24Mi"}, "limits": {"cpu": "200m", "memory": "64Mi"}},
}
strategy = {"rollingUpdate": {"maxSurge": 0, "maxUnavailable": 1}}
spec = {"strategy": strategy, "template": {"spec": {"containers": [container]}}}
apps.patch_namespaced_deployment("clicks", namespace, {"spec": spec})
