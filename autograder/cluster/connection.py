"""A live cluster, wherever it came from: what every other part of this package is handed.

An existing cluster is used when the user names one; otherwise the embedded one is. What comes out is a
`Connection`: where its kubeconfig lies, and how to open it. Only this package and `workspace` open one.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.cluster import accounts
from autograder.cluster.accounts import Account
from autograder.cluster.images import REGISTRY
from autograder.cluster.kubeconfigs import Described, Entry, absolute, described, files_of
from autograder.errors import ClusterNotRunning, RequirementMissing

if TYPE_CHECKING:
    from kubernetes.client import ApiClient

DEFAULT_CLUSTER = "course"
WINS_OVER_KUBECONFIG = "AUTOGRADER_KUBECONFIG"


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
    """The embedded cluster's own program called kubectl; None where it is another cluster."""
    further: tuple[Path, ...] = ()
    """More kubeconfigs, which say what the first does not."""

    def account(self) -> Account:
        """Whoever asks, signed in now: what the files hold may have been renewed since.

        Raises:
            ClusterUnreachable: the kubeconfig cannot be used.
        """
        return accounts.account(self._read())

    def account_with(self, token: str) -> Account:
        """Whoever this token belongs to, by the same way to the same API server."""
        user = Entry({"token": token}, Path(), "the token's owner")
        return accounts.account(dataclasses.replace(self._read(), user=user))

    def api_client(self) -> ApiClient:
        """A new client of the kubernetes package; the caller closes it."""
        from kubernetes import client

        account = self.account()
        settings = client.Configuration()
        settings.host = account.server
        settings.verify_ssl = not self.insecure
        settings.proxy = account.proxy
        settings.tls_server_name = account.tls_server_name
        api: ApiClient = client.ApiClient(settings)
        api.rest_client.pool_manager.connection_pool_kw["ssl_context"] = account.tls
        for name, value in account.headers.items():
            api.set_default_header(name, value)
        return api

    def kubectl_to_lend(self) -> Path:
        """A program called kubectl for students' cells: the cluster's own, else that on PATH, else one built here.

        Raises:
            RequirementMissing: there is none.
        """
        from autograder.cluster import building

        on_path, built = shutil.which("kubectl"), building.built("kube")
        found = self.kubectl or (Path(on_path) if on_path else built and built.with_name("kubectl"))
        if found is None:
            raise RequirementMissing(
                "no program kubectl on PATH, and none was built here",
                expected="one to lend to students' cells, which call it",
                next_step="install it (https://kubernetes.io/docs/tasks/tools/), or build one, and start no cluster: "
                "autograder cluster build",
            )
        return found

    @property
    def server(self) -> str:
        """URL of the API server."""
        return self._described.server

    @property
    def ca_pem(self) -> str:
        """The certificate authority of the API server; empty where the system's are meant."""
        return self._described.ca_pem

    @property
    def insecure(self) -> bool:
        """Whether its owner said that the API server's certificate is not to be looked at."""
        return self._described.insecure

    @property
    def tls_server_name(self) -> str | None:
        """The name to expect in the API server's certificate, where it is not the URL's host."""
        return self._described.tls_server_name

    @property
    def proxy(self) -> str | None:
        """An HTTP proxy on the way to the API server; may hold a password."""
        return self._described.proxy

    @property
    def is_embedded(self) -> bool:
        """Whether it is the course's own to install into: only then does it bring its own kubectl."""
        return self.kubectl is not None

    @cached_property
    def _described(self) -> Described:
        return self._read()

    def _read(self) -> Described:
        # The embedded cluster is on this machine: a proxy of the environment does not lead to it.
        environment: dict[str, str] | None = {} if self.is_embedded else None
        return described((self.kubeconfig, *self.further), self.context, environment=environment)


def connect(
    kubeconfig: Path | None = None,
    context: str | None = None,
    *,
    name: str | None = None,
    start: bool = True,
) -> Connection:
    """The cluster the user means: the one named, else the environment's, else the embedded one.

    Args:
        kubeconfig: of an existing cluster.
        context: in that kubeconfig, or in `$KUBECONFIG` or `~/.kube/config` when it is given alone.
        name: of an embedded cluster; `$AUTOGRADER_CLUSTER` or `course` when not given.
        start: whether an embedded cluster that does not run is started.

    Raises:
        ClusterUnreachable: the named kubeconfig or context is not there, or cannot be used.
        ClusterNotRunning: the embedded cluster does not run, and `start` is false.
    """
    named = (absolute(kubeconfig),) if kubeconfig else _from_environment(context, name)
    if named:
        images = os.environ.get("AUTOGRADER_IMAGES", REGISTRY)
        connection = Connection(named[0], context, image_prefix=images, kubectl=None, further=named[1:])
        connection.account()  # whatever is wrong with it is said now, not in the middle of grading
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


def listed_in_environment() -> str:
    """The kubeconfigs that the environment names; empty for the embedded cluster.

    `$AUTOGRADER_KUBECONFIG` wins over `$KUBECONFIG`, also where it is empty: in a learner's terminal the latter is
    their own place on the cluster, whose account cannot look after it.
    """
    return os.environ.get(WINS_OVER_KUBECONFIG, os.environ.get("KUBECONFIG", ""))


def _from_environment(context: str | None, name: str | None) -> tuple[Path, ...]:
    """What the environment names unless an embedded cluster was; the user's default file only with a context."""
    if name is not None:
        return ()
    if listed := listed_in_environment():
        return files_of(listed)
    return (absolute(Path("~/.kube/config")),) if context else ()
