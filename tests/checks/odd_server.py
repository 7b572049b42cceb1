"""A student's server that behaves in every way a server can, by path. Runs in a Pod of the test cluster."""

import gzip
import http.server
import json
import os
import time


def status(message: str, code: int) -> bytes:
    """What the API server would say, from someone who is not the API server."""
    return json.dumps({"kind": "Status", "apiVersion": "v1", "message": message, "code": code}).encode()


class Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path.partition("?")[0].strip("/")
        getattr(self, f"answer_{path}", self.answer_missing)()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.reply(200, json.dumps({"got": json.loads(body), "type": self.headers["Content-Type"]}).encode())

    def reply(self, code: int, body: bytes, **headers: str) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def answer_who(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.reply(200, json.dumps({"pod": os.environ["HOSTNAME"], "path": self.path, "headers": headers}).encode())

    def answer_think(self) -> None:
        time.sleep(0.5)
        self.answer_who()

    def answer_missing(self) -> None:
        self.reply(404, b"no such page")

    def answer_broken(self) -> None:
        self.reply(500, b"Traceback: model.joblib not found")

    def answer_hang(self) -> None:
        time.sleep(60)

    def answer_cut(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"half of it")
        self.close_connection = True

    def answer_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(1000):
            self.wfile.write(b".")
            self.wfile.flush()
            time.sleep(0.5)

    def answer_huge(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(64):
                self.wfile.write(b"x" * 1024 * 1024)
        except OSError:
            pass  # whoever asked has had enough

    def answer_nested(self) -> None:
        self.reply(200, b"[" * 200_000)

    def answer_zipped(self) -> None:
        self.reply(200, gzip.compress(b"0" * 1_000_000), Content_Encoding="gzip")

    def answer_elsewhere(self) -> None:
        self.reply(302, b"", Location="http://127.0.0.1:1/steal")

    def answer_loading(self) -> None:
        self.reply(503, b"loading the model")

    def answer_outage(self) -> None:
        self.reply(503, status("error trying to reach service: etcd is down", 503))

    def answer_nobody(self) -> None:
        self.reply(503, status("no endpoints available for service", 503))

    def answer_forbidden(self) -> None:
        self.reply(403, status("services is forbidden: the grader cannot get resource", 403))

    def answer_unauthorized(self) -> None:
        self.reply(401, status("Unauthorized", 401))

    def log_message(self, format: str, *arguments: object) -> None:
        print(format % arguments, flush=True)


if __name__ == "__main__":
    print("odd server listens", flush=True)
    http.server.ThreadingHTTPServer(("", 8080), Server).serve_forever()
