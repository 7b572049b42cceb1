"""Opens the connection of this process, at the first question and not before.

In the grader, `AUTOGRADER_WORKSPACE` names a file that describes the student's place and the account to look
with. In a student's own notebook it is the kubeconfig that any tool would use, or the account of the Pod that
the notebook runs in. A check works the same in both.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from autograder.checks.api import Api, Place
from autograder.checks.kubeconfig import Account, account_of_this_pod, read_account
from autograder.cluster.kubeconfigs import files_of
from autograder.errors import ClusterError

RENEWED_AFTER_S = 300.0
"""a notebook stays open for hours; tokens from a cloud's sign-in program last for minutes"""
_opened: list[Api] = []


def current() -> Api:
    """The connection of this process.

    Raises:
        ClusterError: there is nothing to connect with.
    """
    if not _opened:
        described = os.environ.get("AUTOGRADER_WORKSPACE")
        _opened.append(_of_the_grader(Path(described)) if described else _of_this_user())
    return _opened[0]


def renew() -> None:
    """Sign in again before the next question, where the account's token may have run out since."""
    if _opened and not _opened[0].place.grading and time.monotonic() - _opened[0].opened_at > RENEWED_AFTER_S:
        _opened.clear()


def use(api: Api | None) -> None:
    """Ask through `api` from now on; None: find the account again at the next question."""
    _opened[:] = [api] if api else []


def _of_this_user() -> Api:
    account = _account_of_this_user()
    images = os.environ.get("AUTOGRADER_IMAGES", "localhost:5000")
    return Api(account, Place(account.namespace, image_prefix=images))


def _of_the_grader(path: Path) -> Api:
    try:
        described = json.loads(path.read_text())
        place = Place(
            namespace=described["namespace"],
            grader_namespace=described["grader_namespace"],
            neighbour=described.get("neighbour"),
            image_prefix=described.get("image_prefix") or "localhost:5000",
            lab=described.get("lab") or "",
            service_account=described.get("service_account") or "student",
        )
        kubeconfig = Path(described["kubeconfig"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ClusterError(f"the workspace's description {path} cannot be read: {error!r}") from error
    return Api(read_account(kubeconfig), place)


def _account_of_this_user() -> Account:
    if listed := files_of(os.environ.get("KUBECONFIG", "")):
        return read_account(listed)
    usual = Path.home() / ".kube" / "config"
    if usual.is_file():
        return read_account(usual)
    host = os.environ.get("KUBERNETES_SERVICE_HOST", "")
    return account_of_this_pod(host or "kubernetes.default.svc", os.environ.get("KUBERNETES_SERVICE_PORT") or "443")
