"""Namespaces on the real cluster for checks to look at, and things to put into them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from autograder.checks import connecting, criteria
from autograder.checks.api import Api, Place
from autograder.checks.criteria import Verdict
from autograder.checks.kubeconfig import read_account
from autograder.checks.pressure import Gauge
from autograder.cluster.connection import Connection

SERVER = (Path(__file__).parent / "odd_server.py").read_text()


@dataclass(frozen=True)
class Playground:
    """A namespace, and the rights to do anything in it."""

    api: Api
    namespace: str

    def create(self, collection: str, document: dict[str, Any]) -> dict[str, Any]:
        made = self.api.ask("POST", f"{collection.format(self.namespace)}", body=document)
        assert made is not None
        return made

    def replace(self, collection: str, document: dict[str, Any]) -> None:
        """Write an object that was read before, whatever a controller has written to it since."""
        document["metadata"].pop("resourceVersion", None)
        self.api.ask("PUT", f"{collection.format(self.namespace)}/{document['metadata']['name']}", body=document)

    def pod(self, name: str, command: list[str], labels: dict[str, str] | None = None, **spec: Any) -> dict[str, Any]:
        metadata = {"name": name, "labels": labels or {"app": name}}
        document = {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": pod_spec(command, **spec)}
        return self.create("/api/v1/namespaces/{}/pods", document)

    def deployment(self, name: str, command: list[str], replicas: int = 1, **spec: Any) -> dict[str, Any]:
        labels = {"app": name}
        template = {"metadata": {"labels": labels}, "spec": pod_spec(command, **spec)}
        document = {
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {"name": name},
            "spec": {"replicas": replicas, "selector": {"matchLabels": labels}, "template": template},
        }
        return self.create("/apis/apps/v1/namespaces/{}/deployments", document)

    def service(self, name: str, selector: dict[str, str], /, **port: Any) -> dict[str, Any]:
        spec = {"selector": selector, "ports": [{"port": 80, "targetPort": 8080, **port}]}
        document = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": name}, "spec": spec}
        return self.create("/api/v1/namespaces/{}/services", document)


def pod_spec(command: list[str], *, image: str = "python:1", ready: str = "", **container: Any) -> dict[str, Any]:
    """A Pod that runs a command; `ready` is the path that its readiness probe asks for."""
    probe = (
        {"readinessProbe": {"httpGet": {"path": ready, "port": 8080}, "periodSeconds": 1, "timeoutSeconds": 5}}
        if ready
        else {}
    )
    first = {"name": "main", "image": f"localhost:5000/{image}", "command": command, **probe, **container}
    return {"containers": [first], "terminationGracePeriodSeconds": 0, "enableServiceLinks": False}


@pytest.fixture(scope="session")
def admin(connection: Connection) -> Api:
    return Api(read_account(connection.kubeconfig, connection.context), Place("default"))


@pytest.fixture(scope="module")
def namespace(admin: Api) -> Iterator[str]:
    """A namespace of the test module's own."""
    name = f"checks-{uuid.uuid4().hex[:8]}"
    for each in (name, f"{name}-grader"):
        document = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": each}}
        admin.ask("POST", "/api/v1/namespaces", body=document)
    yield name
    for each in (name, f"{name}-grader"):
        admin.ask("DELETE", f"/api/v1/namespaces/{each}")


@pytest.fixture(scope="module")
def playground(admin: Api, namespace: str) -> Playground:
    return Playground(admin, namespace)


@pytest.fixture
def looking_at(admin: Api, namespace: str) -> Iterator[Api]:
    """Checks look at the test's namespace, as the grader."""
    place = Place(namespace, f"{namespace}-grader", service_account="default")
    api = Api(admin.account, place)
    connecting.use(api)
    yield api
    connecting.use(None)


@pytest.fixture
def without_cluster(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """There is no cluster to ask."""
    for name in ("AUTOGRADER_WORKSPACE", "KUBECONFIG", "KUBERNETES_SERVICE_HOST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    connecting.use(None)
    yield
    connecting.use(None)


@pytest.fixture(autouse=True)
def _each_test_is_a_cell() -> Iterator[None]:
    """A test's verdicts are its own."""
    yield
    criteria.points()


@pytest.fixture
def a_quiet_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is waited for longer than it is said to be, however busy the machine of the tests is."""
    monkeypatch.setattr(Gauge, "why", lambda *_: "")
    monkeypatch.setattr(Gauge, "stalled", lambda *_: False)


@pytest.fixture
def verdict_of() -> Callable[[Callable[[], Any]], Verdict]:
    """Runs a question as a criterion worth one point, and returns what came of it."""

    def run(question: Callable[[], Any]) -> Verdict:
        block = criteria.criterion(1, "it holds")
        with block:
            question()
        return replace(block.verdict)

    return run
