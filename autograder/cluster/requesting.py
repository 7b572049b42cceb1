"""Plain requests to an embedded cluster's API server, with a client certificate and nothing else.

Bringing a cluster up asks a dozen things of it; importing a whole client library for that would take
longer than the cluster does. Workspaces and checks use richer clients of their own.
"""

from __future__ import annotations

import base64
import http.client
import json
import ssl
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from autograder.deadlines import scaled

_TIMEOUT_S = 5


class Requester:
    """Sends requests as the user of a self-contained kubeconfig."""

    def __init__(self, kubeconfig: Path) -> None:
        content = yaml.safe_load(kubeconfig.read_text())
        cluster, user = content["clusters"][0]["cluster"], content["users"][0]["user"]
        address = urlsplit(cluster["server"]).netloc
        authority = base64.b64decode(cluster["certificate-authority-data"]).decode()
        tls = ssl.create_default_context(cadata=authority)
        with tempfile.NamedTemporaryFile() as pair:  # the ssl module takes certificates from files only
            pair.write(base64.b64decode(user["client-certificate-data"]))
            pair.write(base64.b64decode(user["client-key-data"]))
            pair.flush()
            tls.load_cert_chain(pair.name)
        self._tls = tls
        self._connection = http.client.HTTPSConnection(address, context=tls, timeout=scaled(_TIMEOUT_S))

    def send(
        self, method: str, path: str, body: Any = None, *, content_type: str = "application/json"
    ) -> tuple[int, Any]:
        """Status and parsed body.

        Raises:
            OSError: the API server does not answer.
        """
        payload = None if body is None else json.dumps(body)
        try:
            self._connection.request(
                method, path, payload, {"Content-Type": content_type, "Accept": "application/json"}
            )
            response = self._connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()  # the next request opens it again
            raise error if isinstance(error, OSError) else OSError(str(error)) from error
        try:
            return response.status, json.loads(content)
        except ValueError:
            return response.status, content.decode(errors="replace")

    def changes(self, path: str, timeout_s: float) -> bool:
        """Waits for the first event of a watch: whether there was one, or nothing more can be said without a look."""
        address = self._connection.host, self._connection.port
        watching = http.client.HTTPSConnection(*address, context=self._tls, timeout=timeout_s + scaled(_TIMEOUT_S))
        try:
            watching.request("GET", f"{path}&timeoutSeconds={timeout_s:.0f}", headers={"Accept": "application/json"})
            response = watching.getresponse()
            return response.status != 200 or bool(response.readline())
        except (OSError, http.client.HTTPException):
            return True
        finally:
            watching.close()

    def apply(self, path: str, manifest: dict[str, Any]) -> int:
        """Server-side apply of one object at its own path; returns the status."""
        query = "?fieldManager=autograder&force=true"
        return self.send("PATCH", path + query, manifest, content_type="application/apply-patch+yaml")[0]
