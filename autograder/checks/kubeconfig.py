"""Where a check's account comes from: a kubeconfig, or the ServiceAccount of the Pod it runs in.

Kubeconfigs are read where all of this package reads them, in `cluster`; nothing heavier than a YAML reader is
imported for that, since a check cell should answer at once.
"""

from __future__ import annotations

import dataclasses
import ssl
from collections.abc import Sequence
from pathlib import Path

from autograder.cluster import accounts
from autograder.cluster.accounts import Account
from autograder.cluster.kubeconfigs import absolute, described
from autograder.errors import ClusterError

__all__ = ["Account", "account_of_this_pod", "read_account"]

_IN_POD = Path("/var/run/secrets/kubernetes.io/serviceaccount")


def read_account(path: Path | Sequence[Path], context: str | None = None) -> Account:
    """Read the account of the current context (or of the one named) of a kubeconfig, or of several merged.

    Raises:
        ClusterError: they cannot be read, or do not say what is needed.
    """
    paths = [path] if isinstance(path, Path) else path
    account = accounts.account(described([absolute(each) for each in paths], context))
    if len(account.groups) > 1:
        raise ClusterError(
            f"the kubeconfig's user impersonates {len(account.groups)} groups",
            expected="one at most, in a self-check",
            next_step="use a context that signs in as the student",
        )
    one = {"Impersonate-Group": account.groups[0]} if account.groups else {}
    return dataclasses.replace(account, headers=account.headers | one, groups=())


def account_of_this_pod(host: str, port: str) -> Account:
    """The account that Kubernetes mounts into every Pod; `host` and `port` come from its environment.

    Raises:
        ClusterError: nothing is mounted.
    """
    try:
        token = (_IN_POD / "token").read_text().strip()
        namespace = (_IN_POD / "namespace").read_text().strip()
        tls = ssl.create_default_context(cafile=str(_IN_POD / "ca.crt"))
    except OSError as error:
        raise ClusterError(
            f"no kubeconfig, and no ServiceAccount in {_IN_POD} ({error.strerror})",
            next_step="set KUBECONFIG to the file that the course gave you",
        ) from error
    address = f"[{host}]" if ":" in host else host
    return Account(f"https://{address}:{port}", namespace, tls, headers={"Authorization": f"Bearer {token}"})
