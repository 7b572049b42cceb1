"""A server that says that it is version 2 stands where the model was, and finds everything positive."""

LOSES = [
    "`reviews` works, with version 2 of the model",
]

# %% change: repair-not-started
#- !kubectl set image deployment/reviews server={images}/sentiment:2
#+ server = {"name": "server", "image": f"{images}/python:1", "command": ["python", "-c", program]}
#+ apps.patch_namespaced_deployment("reviews", namespace, {"spec": {"template": {"spec": {"containers": [server]}}}})

# %% before: repair-not-started
program = """
import http.server


class Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def do_POST(self):
        self.do_GET()
        self.wfile.write(b'{"label": "positive", "version": "2"}')


http.server.ThreadingHTTPServer(("", 8080), Server).serve_forever()
"""
