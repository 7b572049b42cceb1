"""The registry that the course's images are pulled from: CNCF Distribution over a directory in the user's
cache.

Two processes of it exist in turn. A cluster runs one that only reads, on its own loopback address. To fill
the store, one is started here for as long as it takes, on a unix socket in a directory nobody else can
enter; that it is the real thing means that whatever it accepts, the other will serve.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import yaml

from autograder.cluster import building, scratch
from autograder.deadlines import scaled
from autograder.errors import BuildFailed

#: What an image's name begins with inside a cluster.
REGISTRY = "localhost:5000"

MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json"
_SOCKET = "socket"
_START_TIMEOUT_S = 15.0
_UPLOAD_TIMEOUT_S = 300.0


def registry_config(store: Path, address: str, readonly: bool) -> str:
    """The YAML that `registry serve` reads.

    Args:
        store: the directory with the images.
        address: `HOST:PORT`, or `unix:PATH`.
        readonly: refuse every push.
    """
    http = {"net": "unix", "addr": address.removeprefix("unix:")} if address.startswith("unix:") else {"addr": address}
    return yaml.safe_dump(
        {
            "version": "0.1",
            "log": {"level": "warn", "accesslog": {"disabled": True}},
            "storage": {
                "filesystem": {"rootdirectory": str(store)},
                "cache": {"blobdescriptor": "inmemory"},
                "maintenance": {"readonly": {"enabled": readonly}, "uploadpurging": {"enabled": False}},
            },
            # Only one process ever answers an upload, so the secret need not outlive it; unset, it is warned about.
            "http": {**http, "secret": "none"},
        }
    )


def digest_of(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def blob_path(store: Path, digest: str) -> Path:
    """Where the store keeps a blob's bytes."""
    # https://distribution.github.io/distribution/spec/implementations and registry/storage/paths.go
    sha = digest.removeprefix("sha256:")
    return store / "docker/registry/v2/blobs/sha256" / sha[:2] / sha / "data"


def tagged(store: Path, name: str, tag: str) -> str | None:
    """The digest of the manifest that NAME:TAG points to, read without a registry running."""
    link = store / "docker/registry/v2/repositories" / name / "_manifests/tags" / tag / "current/link"
    try:
        return link.read_text().strip()
    except FileNotFoundError:
        return None


@dataclass(frozen=True)
class Registry:
    """A running registry, to push to and to pull from."""

    client: httpx.Client

    def push_blob(self, name: str, digest: str, content: bytes | Path, *, mount_from: str | None = None) -> None:
        """Stores a blob in the repository `name` unless it is there; from another repository without
        sending it."""
        if self.client.head(f"/v2/{name}/blobs/{digest}").status_code == httpx.codes.OK:
            return
        source = {"mount": digest, "from": mount_from} if mount_from else {}
        begun = _expect(self.client.post(f"/v2/{name}/blobs/uploads/", params=source), 201, 202)
        if begun.status_code == httpx.codes.CREATED:
            return
        # Some say the path alone; and the host is the one that the registry was asked under, or thinks it has.
        target = begun.request.url.join(begun.headers["Location"]).copy_merge_params({"digest": digest})
        headers = {"Content-Type": "application/octet-stream"}
        if isinstance(content, bytes):
            _expect(self.client.put(target, content=content, headers=headers), 201)
            return
        headers["Content-Length"] = str(content.stat().st_size)
        with content.open("rb") as stream:
            _expect(self.client.put(target, content=stream, headers=headers), 201)

    def push_manifest(self, name: str, tag: str, manifest: Mapping[str, Any]) -> str:
        """Points NAME:TAG to a manifest whose blobs are there; returns its digest."""
        content = json.dumps(manifest, sort_keys=True, separators=(",", ":")).encode()
        address = f"/v2/{name}/manifests/{tag}"
        _expect(self.client.put(address, content=content, headers={"Content-Type": MANIFEST_TYPE}), 201)
        return digest_of(content)

    def pull_manifest(self, name: str, tag: str) -> dict[str, Any]:
        reply = self.client.get(f"/v2/{name}/manifests/{tag}", headers={"Accept": MANIFEST_TYPE})
        manifest: dict[str, Any] = _expect(reply, 200).json()
        return manifest

    def pull_blob(self, name: str, digest: str) -> bytes:
        return _expect(self.client.get(f"/v2/{name}/blobs/{digest}"), 200).content


@contextmanager
def serving(store: Path, *, readonly: bool = False) -> Iterator[Registry]:
    """A registry over `store` that nobody else can reach, until the end of the block."""
    store.mkdir(parents=True, exist_ok=True)
    with scratch.folder("registry") as private, _opened(private) as here:
        config, log = private / "config.yaml", private / "log"
        # A unix socket's path is at most 107 bytes, and temporary folders lie as deep as a machine likes.
        config.write_text(registry_config(store, f"unix:{_SOCKET}", readonly))
        command = [str(building.program("registry")), "serve", str(config)]
        with (
            log.open("wb") as output,
            subprocess.Popen(
                command,
                cwd=private,
                env={"OTEL_TRACES_EXPORTER": "none"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                preexec_fn=scratch.end_with_parent,
            ) as process,
        ):
            transport = httpx.HTTPTransport(uds=f"{here}/{_SOCKET}")
            timeout_s = scaled(_UPLOAD_TIMEOUT_S)
            try:
                with httpx.Client(transport=transport, base_url="http://registry", timeout=timeout_s) as client:
                    _await_answer(client, process, log)
                    yield Registry(client)
            finally:
                process.terminate()


@contextmanager
def _opened(folder: Path) -> Iterator[str]:
    """A short path of a folder, however long its own is, for as long as the block lasts."""
    handle = os.open(folder, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{handle}"
    finally:
        os.close(handle)


def _await_answer(client: httpx.Client, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + scaled(_START_TIMEOUT_S)
    while True:
        try:
            _expect(client.get("/v2/"), 200)
            return
        except httpx.TransportError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                said = log.read_text(errors="replace")[-500:].strip()
                raise BuildFailed(f"the registry that takes the images did not start: {said or error}") from error
            time.sleep(0.02)  # a unix socket cannot be watched for before it exists


def _expect(reply: httpx.Response, *statuses: int) -> httpx.Response:
    if reply.status_code not in statuses:
        request = f"{reply.request.method} {reply.request.url.path}"
        raise BuildFailed(f"the registry answered {reply.status_code} to {request}: {reply.text[:300]}")
    return reply
