"""From manifests to a workspace that is ready to be used.

Ready means that what a student does next cannot fail for a reason of ours: the default ServiceAccount and
the cluster's certificate are there for Pods to mount, quotas know their usage, rights are in force. Each is
waited for by watching, or asked for again where the API server offers nothing to watch.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from autograder import deadlines
from autograder.cluster.connection import Connection
from autograder.deadlines import scaled
from autograder.errors import AutograderError, WorkspaceError
from autograder.workspace import naming
from autograder.workspace.credentials import require_own_tokens
from autograder.workspace.manifests import course_root, workspace_objects
from autograder.workspace.needing import needed, nodes_of, set_apart
from autograder.workspace.network import api_server_egress, api_server_peers
from autograder.workspace.place import Workspace
from autograder.workspace.posting import post
from autograder.workspace.preparing import prepare
from autograder.workspace.removing import remove
from autograder.workspace.requesting import Api, Object, opened, poll

_LOG = logging.getLogger(__name__)
_STUDENT, _GRADER = "student", "grader"
_TRIES = 5
_CONFLICT = 409


@contextmanager
def open_workspace(
    connection: Connection,
    lab: str,
    student: str,
    *,
    lifetime_s: float = 3600,
    course: Path | None = None,
    wait: bool = True,
) -> Iterator[Workspace]:
    """A workspace for as long as the block runs, and for this process alone.

    Args:
        connection: whose user may create namespaces and what is in them.
        lab: as its folder is called.
        student: any name; it is labelled with it.
        lifetime_s: when anybody may sweep it away. It is swept earlier if this process dies.
        course: the course's folder, where it is not found by itself.
        wait: whether the end of the block waits until everything is gone; if not, it goes by itself.
    """
    workspace = create(connection, lab, student, lifetime_s=lifetime_s, course=course, held=True)
    try:
        yield workspace
    finally:
        remove(connection, workspace.id, wait=wait)


def create(
    connection: Connection,
    lab: str,
    student: str,
    *,
    lifetime_s: float = 3600,
    course: Path | None = None,
    held: bool = False,
    deadline_s: float = 60,
) -> Workspace:
    """Make a workspace and wait until it can be used.

    Args:
        connection: whose user may create namespaces and what is in them.
        lab: as its folder is called.
        student: any name.
        lifetime_s: after this a sweep removes it.
        course: the course's folder, where it is not found by itself.
        held: whether it belongs to this process, so that a sweep removes it once the process is gone.
        deadline_s: how long to wait until it is usable.

    Raises:
        RequirementMissing: a right is missing, or something that must be installed first; nothing was made.
        WorkspaceError: it could not be made; what was made of it has been removed.
        ClusterUnreachable: the API server does not answer.
    """
    root = course_root(course)
    prepare(connection, lab, course=root)
    deadline = time.monotonic() + scaled(deadline_s)
    with opened(connection) as api:
        for _ in range(_TRIES):
            names = naming.new_names(lab, student)
            annotations = naming.promises(lab, student, lifetime_s=lifetime_s, held=held)
            annotations |= {naming.ANNOTATION_SET_APART: " ".join(set_apart(nodes_of(api)))}
            objects = workspace_objects(root, lab, _variables(connection, api, names, lab, student))
            labels = naming.labels(names.id, lab, student)
            try:
                if _claim(api, [each for each in objects if each["kind"] == "Namespace"], labels, annotations):
                    _fill(api, [each for each in objects if each["kind"] != "Namespace"])
                    _await_usable(api, objects, names, deadline, kinds=needed(root, lab).crds)
                    workspace = _workspace(connection, names, lab, student, objects, annotations)
                    require_own_tokens(connection, names.namespace, _STUDENT, workspace.expires)
                    return workspace
            except BaseException as error:  # Ctrl-C too: nobody else knows its name yet
                left = _give_up(connection, names.id)
                if left and isinstance(error, AutograderError):
                    error.found = f"{error.found}; {left}"
                raise
            _give_up(connection, names.id)
    raise WorkspaceError(
        f"{_TRIES} names in a row were taken by namespaces that are not the course's",
        next_step="look at `kubectl get namespaces`; something makes namespaces with the same names",
    )


def _variables(connection: Connection, api: Api, names: naming.Names, lab: str, student: str) -> dict[str, object]:
    return {
        "workspace": names.id,
        "lab": lab,
        "student": student,
        "namespace": names.namespace,
        "grader_namespace": names.grader_namespace,
        "neighbour": names.neighbour,
        "service_account": _STUDENT,
        "grader_account": _GRADER,
        "image_prefix": connection.image_prefix,
        "api_server": api_server_peers(api),
        "api_server_egress": api_server_egress(api),
    }


def _claim(api: Api, namespaces: list[Object], labels: dict[str, str], annotations: dict[str, str]) -> bool:
    """Create the namespaces, labelled from their first moment. False if one is taken: it is never adopted."""
    for each in namespaces:
        metadata = each["metadata"]
        metadata["labels"] = {**metadata.get("labels", {}), **labels}
        metadata["annotations"] = {**metadata.get("annotations", {}), **annotations}
        answer = api.post("/api/v1/namespaces", each)
        answer.must(f"create the namespace {metadata['name']}", accept=(201, _CONFLICT))
        if answer.status == _CONFLICT:
            _LOG.warning("the namespace %s exists already; another name is tried", metadata["name"])
            return False
    return True


def _fill(api: Api, objects: list[Object]) -> None:
    for each in objects:
        metadata = each["metadata"]
        # A conflict means that the cluster itself was faster, as with a ServiceAccount called `default`.
        post(api, each).must(
            f"create {each['kind']} {metadata['name']} in {metadata['namespace']}", accept=(201, _CONFLICT)
        )


def _await_usable(
    api: Api, objects: list[Object], names: naming.Names, deadline: float, *, kinds: tuple[str, ...] = ()
) -> None:
    for namespace in (names.namespace, names.grader_namespace):
        _await(
            api.until(
                f"/api/v1/namespaces/{namespace}/serviceaccounts",
                lambda found: "default" in found,
                deadline=deadline,
            ),
            f"the ServiceAccount `default` in {namespace}",
        )
        _await(
            api.until(
                f"/api/v1/namespaces/{namespace}/configmaps",
                lambda found: "kube-root-ca.crt" in found,
                deadline=deadline,
            ),
            f"the ConfigMap `kube-root-ca.crt` in {namespace}",
        )
    for namespace in {each["metadata"]["namespace"] for each in objects if each["kind"] == "ResourceQuota"}:
        _await(
            api.until(
                f"/api/v1/namespaces/{namespace}/resourcequotas", partial(_all_counted, kinds=kinds), deadline=deadline
            ),
            f"the usage of the quotas in {namespace}",
        )
    for subject_namespace, account in ((names.namespace, _STUDENT), (names.grader_namespace, _GRADER)):
        user = f"system:serviceaccount:{subject_namespace}:{account}"
        in_force = partial(_may_list_pods, api, names.namespace, user)
        _await(poll(in_force, deadline=deadline), f"the rights of {user}")


def _await(came: bool, what: str) -> None:
    if not came:
        raise WorkspaceError(
            f"{what} did not come in time",
            expected=f"it within the deadline, which ${deadlines.VARIABLE} makes longer",
            next_step="is kube-controller-manager running? `autograder cluster status` says so of the embedded one",
        )


def _all_counted(quotas: dict[str, Object], *, kinds: tuple[str, ...] = ()) -> bool:
    """Whether all quotas know their usage, also of `kinds`: one defined a moment ago is counted half a minute later."""
    late = {f"count/{kind}" for kind in kinds}
    return bool(quotas) and all(
        each.get("status", {}).get("hard") == each["spec"]["hard"]
        and "used" in each["status"]
        and late & set(each["spec"]["hard"]) <= set(each["status"]["used"])
        for each in quotas.values()
    )


def _may_list_pods(api: Api, namespace: str, user: str) -> bool:
    review = {
        "apiVersion": "authorization.k8s.io/v1",
        "kind": "LocalSubjectAccessReview",
        "metadata": {"namespace": namespace},
        "spec": {
            "user": user,
            "resourceAttributes": {"namespace": namespace, "verb": "list", "resource": "pods"},
        },
    }
    path = f"/apis/authorization.k8s.io/v1/namespaces/{namespace}/localsubjectaccessreviews"
    return bool(api.post(path, review).must("review a subject's rights")["status"]["allowed"])


def _workspace(
    connection: Connection,
    names: naming.Names,
    lab: str,
    student: str,
    objects: list[Object],
    annotations: dict[str, str],
) -> Workspace:
    made = {each["metadata"]["name"] for each in objects if each["kind"] == "Namespace"}
    return Workspace(
        id=names.id,
        lab=lab,
        student=student,
        namespace=names.namespace,
        grader_namespace=names.grader_namespace,
        neighbour=names.neighbour if names.neighbour in made else None,
        image_prefix=connection.image_prefix,
        expires=datetime.fromisoformat(annotations[naming.ANNOTATION_EXPIRES]),
        connection=connection,
        service_account=_STUDENT,
        grader_account=_GRADER,
    )


def _give_up(connection: Connection, identity: str) -> str:
    """Take back what was made; if even that fails, what is left, in words. Its labels are enough for a sweep."""
    try:
        remove(connection, identity, wait=False)
    except AutograderError as error:
        _LOG.warning("workspace %s was left half made, for a sweep to remove: %s", identity, error)
        selector = f"{naming.LABEL_WORKSPACE}={identity}"
        return f"what was made of it is left (kubectl get namespaces -l {selector}), since {error.found}"
    return ""
