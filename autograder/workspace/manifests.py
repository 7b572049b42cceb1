"""The manifests under course/cluster/ → the objects of one workspace.

Variables are filled in after the YAML is read, so that no student's name can change what a manifest says.
And nothing gets past here that would lie outside the workspace's own namespaces, whatever a lab's author
wrote: on a cluster that is not ours, that is the promise.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from string import Template
from typing import Any

import yaml

from autograder.errors import WorkspaceError
from autograder.workspace.requesting import Object

_MARK = Path("course", "cluster", "workspace")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Rights and guardrails first, what they apply to next, quotas last: an object made after a quota, but
# before the quota's usage is known, would be refused.
_ORDER = ("Namespace", "ServiceAccount", "LimitRange", "NetworkPolicy", "Role", "RoleBinding")


def course_root(given: Path | None = None) -> Path:
    """The folder that holds course/, source/ and the rest.

    The one given, else `$AUTOGRADER_COURSE`, else the working directory or one above it, else where this
    package was installed from.

    Raises:
        WorkspaceError: none of them has course/cluster/workspace in it.
    """
    chosen = given or (Path(os.environ["AUTOGRADER_COURSE"]) if os.environ.get("AUTOGRADER_COURSE") else None)
    here = Path.cwd()
    candidates = [chosen] if chosen else [here, *here.parents, Path(__file__).resolve().parents[2]]
    for candidate in candidates:
        if (candidate / _MARK).is_dir():
            return candidate.resolve()
    raise WorkspaceError(
        f"none in {candidates[0]}" + ("" if chosen else ", nor above it"),
        expected=f"a folder {_MARK}",
        next_step="run from the course's folder, or set AUTOGRADER_COURSE to it",
    )


def workspace_objects(root: Path, lab: str, variables: Mapping[str, Any]) -> list[Object]:
    """What one workspace is made of, in the order it is to be created.

    Args:
        root: the course's folder.
        lab: whose additions are wanted, by the name of its folder under course/cluster/labs.
        variables: what the manifests may name.

    Raises:
        WorkspaceError: a manifest names another variable, or an object lies outside the workspace.
    """
    folders = [root / _MARK, root / "course" / "cluster" / "labs" / lab]
    objects = [
        _filled(each, variables, path)
        for folder in folders
        for path in sorted(folder.glob("*.yaml"))
        for each in _documents(path, path.stat().st_mtime_ns)
    ]
    own = {variables[name] for name in ("namespace", "grader_namespace", "neighbour")}
    _require_contained(objects, own)
    return sorted(objects, key=_rank)


def shared_objects(root: Path) -> list[Object]:
    """What the course offers to all namespaces of a cluster, when asked to install it."""
    return [
        _filled(each, {}, path)
        for path in sorted((root / "course" / "cluster" / "shared").glob("*.yaml"))
        for each in _documents(path, path.stat().st_mtime_ns)
    ]


@lru_cache(maxsize=128)
def _documents(path: Path, changed_ns: int) -> tuple[Object, ...]:
    """The file's documents; `changed_ns` is part of the cache's key only."""
    try:
        return tuple(each for each in yaml.load_all(path.read_text(), Loader=_LOADER) if each)
    except yaml.YAMLError as error:
        raise WorkspaceError(f"{path.name} is not YAML: {error}", next_step=f"correct {path}") from error


def _filled(value: Any, variables: Mapping[str, Any], path: Path) -> Any:
    if isinstance(value, dict):
        return {_filled(key, variables, path): _filled(each, variables, path) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, variables, path) for each in value]
    if not isinstance(value, str) or "$" not in value:
        return value
    alone = value[2:-1] if value.startswith("${") and value.endswith("}") else ""
    if alone in variables:
        return variables[alone]
    try:
        return Template(value).substitute(variables)
    except (KeyError, ValueError) as error:
        raise WorkspaceError(
            f"{value!r} in {path.name} ({error})",
            expected=f"one of the variables {', '.join(sorted(variables)) or '(none here)'}",
            next_step=f"correct {path}; a dollar sign of its own is written $$",
        ) from error


def _require_contained(objects: Iterable[Object], own: set[str]) -> None:
    for each in objects:
        metadata = each.get("metadata", {})
        name = str(metadata.get("name"))
        place = name if each.get("kind") == "Namespace" else str(metadata.get("namespace"))
        if place not in own:
            raise WorkspaceError(
                f"{each.get('kind')} {name} in the namespace {place}",
                expected="every object of a workspace in its own namespaces",
                next_step="write ${namespace}, ${grader_namespace} or ${neighbour} in the manifest",
            )


def _rank(each: Object) -> int:
    kind = str(each["kind"])
    if kind == "ResourceQuota":
        return len(_ORDER) + 1
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)
