"""A live cluster, wherever it came from: what every other part of this package is handed.

An existing cluster is used when the user names one; otherwise the embedded one is. What comes out is a
`Connection`: where its kubeconfig lies, and how to open it. Only this package and `workspace` open one.
"""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from autograder.cluster.images import REGISTRY
from autograder.errors import ClusterNotRunning, ClusterUnreachable

if TYPE_CHECKING:
    from kubernetes.client import ApiClient

DEFAULT_CLUSTER = "course"


@dataclass(frozen=True)
class Connection:
    """A cluster that can be opened."""

    kubeconfig: Path
    """Whose rights are used: the embedded cluster's administrator, or the user's own."""
    context: str | None = None
    """None for the kubeconfig's current one."""
    image_prefix: str = REGISTRY
    """Where Pods pull the course's images from."""
    kubectl: Path | None = None
    """A program called kubectl that sandboxes may be lent; None to look for one on PATH."""

    def api_client(self) -> ApiClient:
        """A new client; the caller closes it."""
        from kubernetes import client, config

        settings = client.Configuration()
        config.load_kube_config(str(self.kubeconfig), self.context, client_configuration=settings)
        api: ApiClient = client.ApiClient(settings)
        return api

    @property
    def server(self) -> str:
        """URL of the API server."""
        return str(self._cluster["server"])

    @property
    def ca_pem(self) -> str:
        """The certificate authority of the API server; empty where the system's are meant."""
        if data := self._cluster.get("certificate-authority-data"):
            return base64.b64decode(data).decode()
        if path := self._cluster.get("certificate-authority"):
            return (self.kubeconfig.parent / str(path)).read_text()
        return ""

    @property
    def tls_server_name(self) -> str | None:
        """The name to expect in the API server's certificate, where it is not the URL's host."""
        name = self._cluster.get("tls-server-name")
        return None if name is None else str(name)

    @cached_property
    def _cluster(self) -> dict[str, Any]:
        content = yaml.safe_load(self.kubeconfig.read_text())
        wanted = self.context or content.get("current-context")
        contexts = {each["name"]: each["context"] for each in content.get("contexts") or []}
        clusters = {each["name"]: each["cluster"] for each in content.get("clusters") or []}
        try:
            return dict(clusters[contexts[wanted]["cluster"]])
        except KeyError:
            raise ClusterUnreachable(
                f"the contexts {sorted(contexts)}",
                expected=f"a context {wanted!r} and its cluster in {self.kubeconfig}",
                next_step="name one of them with --context, or another file with --kubeconfig",
            ) from None


def connect(
    kubeconfig: Path | None = None,
    context: str | None = None,
    *,
    name: str | None = None,
    start: bool = True,
) -> Connection:
    """The cluster the user means: the one named, else `$KUBECONFIG`'s, else the embedded one.

    Args:
        kubeconfig: of an existing cluster.
        context: in that kubeconfig, or in `$KUBECONFIG` or `~/.kube/config` when it is given alone.
        name: of an embedded cluster; `$AUTOGRADER_CLUSTER` or `course` when not given.
        start: whether an embedded cluster that does not run is started.

    Raises:
        ClusterUnreachable: the named kubeconfig or context is not there.
        ClusterNotRunning: the embedded cluster does not run, and `start` is false.
    """
    named = kubeconfig or _from_environment(context, name)
    if named is not None:
        if not named.is_file():
            raise ClusterUnreachable(
                f"no file {named}",
                expected="a kubeconfig",
                next_step="correct --kubeconfig or KUBECONFIG, or unset it to use the embedded cluster",
            )
        connection = Connection(
            named, context, image_prefix=os.environ.get("AUTOGRADER_IMAGES", REGISTRY), kubectl=None
        )
        _ = connection.server  # a wrong context is said now, not in the middle of grading
        return connection
    from autograder.cluster import embedded

    name = name or os.environ.get("AUTOGRADER_CLUSTER") or DEFAULT_CLUSTER
    if start:
        return embedded.up(name)
    if not embedded.status(name).running:
        raise ClusterNotRunning(
            f"no embedded cluster called {name} runs", next_step=f"autograder cluster up --name {name}"
        )
    return embedded.connection(name)


def _from_environment(context: str | None, name: str | None) -> Path | None:
    """`$KUBECONFIG` unless an embedded cluster was named; the user's default file only with a context."""
    if name is not None:
        return None
    if listed := os.environ.get("KUBECONFIG"):
        return Path(listed.split(os.pathsep)[0]).expanduser()
    return Path("~/.kube/config").expanduser() if context else None
