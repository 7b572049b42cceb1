"""A workspace as the rest of the package knows it: its names, and the credentials for it on request."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from autograder.cluster.connection import Connection
from autograder.workspace.credentials import kubeconfig, requested_token


@dataclass(frozen=True)
class Workspace:
    """A student's place on the cluster for one lab."""

    id: str
    """What all of its namespaces are labelled with."""
    lab: str
    """As the course's folder calls it, like lab02-serve-a-model."""
    student: str
    """As the gradebook calls them."""
    namespace: str
    """The student's, like lab02-ada-7f3c24bd."""
    grader_namespace: str
    """The grader's ServiceAccount and probe Pods are here; the student has no rights in it."""
    neighbour: str | None
    """Another team's namespace, for labs that ask for one."""
    image_prefix: str
    """Where Pods pull the course's images from."""
    expires: datetime
    """When it may be swept away; tokens do not outlive it by much."""
    connection: Connection = field(repr=False, compare=False)
    """The administrator's: tokens are asked for with it, and never leave with it."""
    service_account: str = "student"
    """The student works as this, in `namespace`."""
    grader_account: str = "grader"
    """The grader works as this, in `grader_namespace`."""

    def student_kubeconfig(self, *, server: str | None = None, tls_server_name: str | None = None) -> str:
        """A kubeconfig (YAML) with the student's rights and a new token.

        Args:
            server: another way to the API server, as from inside a sandbox.
            tls_server_name: the name to expect in its certificate then.

        Raises:
            WorkspaceError: no token was given, as when the workspace has been removed.
        """
        token = requested_token(self.connection, self.namespace, self.service_account, self.expires)
        return kubeconfig(
            self.connection,
            token,
            self.namespace,
            user="student",
            server=server,
            tls_server_name=tls_server_name,
        )

    def grader_kubeconfig(self) -> str:
        """A kubeconfig (YAML) with the grader's rights and a new token, for the student's namespace."""
        token = requested_token(self.connection, self.grader_namespace, self.grader_account, self.expires)
        return kubeconfig(self.connection, token, self.namespace, user="grader", trusted=True)

    def as_json(self) -> dict[str, str | None]:
        """What the grader's kernel needs to know; no credentials."""
        return {
            "id": self.id,
            "lab": self.lab,
            "student": self.student,
            "namespace": self.namespace,
            "grader_namespace": self.grader_namespace,
            "neighbour": self.neighbour,
            "image_prefix": self.image_prefix,
            "service_account": self.service_account,
        }
