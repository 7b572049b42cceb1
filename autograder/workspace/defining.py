"""Kinds of objects that a lab needs and Kubernetes does not bring: their definitions, and how a cluster gets them.

A lab names them in its `needs.toml`: `crds = ["daskclusters.kubernetes.dask.org"]`. Each lies in course/cluster/crds
under that name. A definition is for the whole cluster, so it is an administrator's to make: the embedded cluster is
given it when such a lab's first workspace is opened; of any other it is said which are missing, before anything is
made. One that is there already stays as it is: whoever installed it may depend on it.

They are applied by the API server, since they are too large for the annotation in which `kubectl apply` keeps its copy.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from pathlib import Path

import yaml

from autograder.cluster.connection import Connection
from autograder.deadlines import scaled
from autograder.errors import RequirementMissing, WorkspaceError
from autograder.workspace import freeing
from autograder.workspace.needing import embedded_name, needed
from autograder.workspace.requesting import Api, poll

FOLDER = Path("course", "cluster", "crds")
_DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
_SERVED_WITHIN_S = 30.0


def require_kinds(connection: Connection, api: Api, root: Path, lab: str) -> None:
    """See that the kinds are served which a lab needs; the embedded cluster is given them.

    Raises:
        RequirementMissing: it is another cluster, and they are not; names all of them.
        WorkspaceError: they could not be made.
    """
    lacking = [name for name in needed(root, lab).crds if not _is_served(api, name)]
    if lacking and not embedded_name(connection):
        raise RequirementMissing(
            f"no CustomResourceDefinition {', '.join(lacking)} on this cluster",
            expected=f"the kinds that {lab} needs, defined for the whole cluster ({FOLDER})",
            next_step="`autograder workspace install`, as an administrator",
        )
    _define(api, root, lacking)


def install_kinds(api: Api, root: Path) -> list[str]:
    """Define every kind that some lab needs and that this cluster does not serve. Only ever when asked.

    Returns:
        What was made, as Kind/name.

    Raises:
        WorkspaceError: it may not be made.
    """
    labs = sorted(path.parent.name for path in (root / "course" / "cluster" / "labs").glob("*/needs.toml"))
    wanted = dict.fromkeys(name for lab in labs for name in needed(root, lab).crds)
    lacking = [name for name in wanted if not _is_served(api, name)]
    _define(api, root, lacking)
    return [f"CustomResourceDefinition/{name}" for name in lacking]


def _define(api: Api, root: Path, names: Collection[str]) -> None:
    if not names:
        return
    for name in names:
        path = root / FOLDER / f"{name}.yaml"
        try:
            definition = yaml.safe_load(path.read_text())
        except (OSError, yaml.YAMLError) as error:
            raise WorkspaceError(f"{path} cannot be read: {error}", next_step=f"correct {path}") from error
        api.request(
            "PATCH",
            f"{_DEFINITIONS}/{name}",
            body=definition,
            query={"fieldManager": "autograder"},
            content_type="application/apply-patch+yaml",
        ).must(f"define {name}")
    deadline = time.monotonic() + scaled(_SERVED_WITHIN_S)
    for name in names:
        if not poll(lambda name=name: _is_served(api, name), deadline=deadline):  # type: ignore[misc]
            raise WorkspaceError(
                f"{name} is defined, and not served after {scaled(_SERVED_WITHIN_S):.0f} s",
                next_step=f"kubectl describe crd {name}",
            )
    freeing.forget(api)


def _is_served(api: Api, name: str) -> bool:
    """Whether the API server has this kind; asked of what it offers everybody, which takes no right."""
    plural, _, group = name.partition(".")
    found = api.get(f"/apis/{group}")
    if found.status == 404:
        return False
    version = found.must(f"say which versions of {group} there are")["preferredVersion"]["groupVersion"]
    listed = api.get(f"/apis/{version}")
    return listed.status == 200 and any(each["name"] == plural for each in listed.body.get("resources") or [])
