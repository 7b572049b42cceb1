"""What a lab needs of the cluster itself, and whether it is there.

A lab says so in `needs.toml`, beside its manifests:

    nodes = ["gpu"]                      a node with GPUs to give, marked by its label and set apart by its taint
    offers = ["storage", "metrics"]      volumes for claims that name no class; what Pods use of processors
    crds = ["daskclusters.kubernetes.dask.org"]   kinds of objects, by the names of their definitions (`defining`)
    images = ["python:1"]                images of the course that Pods of the lab run (`pulling` tries them)

The embedded cluster has it all, or is given it when such a lab's first workspace is opened; of any other cluster it is
said what is missing, and what an administrator does about it.
"""

from __future__ import annotations

import re
import time
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path

from autograder.cluster.connection import Connection
from autograder.cluster.nodes import GPU, GPU_LABEL, GPU_TAINT
from autograder.cluster.places import state_dir
from autograder.deadlines import scaled
from autograder.errors import RequirementMissing, WorkspaceError
from autograder.workspace.requesting import Answer, Api, Object, poll

_FILE = "needs.toml"
_DEFINITION = re.compile(r"[a-z]+(\.[a-z0-9-]+)+")
_OF_THE_CLUSTER = ("node.kubernetes.io/", "node.cloudprovider.kubernetes.io/")
"""Whose taints come and go by themselves."""
_DEFAULT_CLASS = ("storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class")
_MAKES_NO_VOLUMES = "kubernetes.io/no-provisioner"
_LOCAL_PATH = "https://raw.githubusercontent.com/rancher/local-path-provisioner/master/deploy/local-path-storage.yaml"
_METRICS_SERVER = "https://github.com/kubernetes-sigs/metrics-server/releases/latest/download/components.yaml"
_METRICS = "/apis/metrics.k8s.io/v1beta1/nodes"
_ASKED_EVERY_S = 0.5
_METRICS_PATIENCE_S = 10.0
_EMBEDDED_METRICS_PATIENCE_S = 60.0
"""Of a cluster that may have been started a moment ago."""


@dataclass(frozen=True)
class Needs:
    """What one lab's file says."""

    nodes: tuple[str, ...] = ()
    """Kinds of nodes beside the ordinary ones."""
    offers: tuple[str, ...] = ()
    """What the cluster must offer to all namespaces."""
    crds: tuple[str, ...] = ()
    """CustomResourceDefinitions, by name: `daskclusters.kubernetes.dask.org`."""
    images: tuple[str, ...] = ()
    """The course's images that Pods run, as NAME:TAG; none where the lab starts no Pod."""


def needed(root: Path, lab: str) -> Needs:
    """What a lab needs; mostly images alone.

    Raises:
        WorkspaceError: its file says something else.
    """
    path = root / "course" / "cluster" / "labs" / lab / _FILE
    if not lab or not path.exists():
        return Needs()
    try:
        said = tomllib.loads(path.read_text())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WorkspaceError(f"{_FILE} of {lab} is not TOML: {error}", next_step=f"correct {path}") from error
    lists = {each.name: said.pop(each.name, []) for each in fields(Needs)}
    if said or not all(_is_known(key, named) for key, named in lists.items()):
        raise WorkspaceError(
            f"{_FILE} of {lab} says something else",
            expected=f"nodes (of: gpu), offers (of: {', '.join(_OFFERED)}), crds (as PLURAL.GROUP) and images, each a "
            "list, and nothing more",
            next_step=f"correct {path}",
        )
    return Needs(**{key: tuple(named) for key, named in lists.items()})


def _is_known(key: str, named: object) -> bool:
    known = {"nodes": {"gpu"}, "offers": set(_OFFERED)}
    return isinstance(named, list) and all(
        isinstance(each, str)
        and each in known.get(key, {each})
        and (key != "crds" or _DEFINITION.fullmatch(each) is not None)
        for each in named
    )


def require(connection: Connection, api: Api, root: Path, lab: str) -> None:
    """See that the cluster has what a lab needs of it, images aside; the embedded cluster is given it.

    Raises:
        RequirementMissing: something is not there; names all of it.
        ClusterError: the embedded cluster could not be given it.
    """
    needs, name = needed(root, lab), embedded_name(connection)
    if name and needs.images:
        from autograder.cluster import embedded

        embedded.require_node(name, f"a node, since {lab} runs Pods")  # without one it has nothing else either
    looks = [*(_NODES[each] for each in needs.nodes), *(_OFFERED[each] for each in needs.offers)]
    require_each(partial(look, api, lab, name) for look in looks)


def require_each(looks: Iterable[Callable[[], None]]) -> None:
    """Look for several things, and say all that is missing at once.

    Raises:
        RequirementMissing: some of them are.
    """
    missing = []
    for look in looks:
        try:
            look()
        except RequirementMissing as error:
            missing.append(error)
    if len(missing) == 1:
        raise missing[0]
    if missing:
        raise RequirementMissing(
            "; ".join(each.found for each in missing),
            expected="; ".join(each.expected for each in missing),
            next_step="; ".join(each.next_step for each in missing),
        )


def embedded_name(connection: Connection) -> str:
    """The embedded cluster's name, also where its administrator's kubeconfig was named by hand; '' for any other."""
    folder = connection.kubeconfig.parent
    named_by_hand = connection.kubeconfig.name == "kubeconfig" and folder.parent == state_dir() / "clusters"
    return folder.name if connection.is_embedded or (named_by_hand and not connection.further) else ""


def nodes_of(api: Api) -> list[Object]:
    """The cluster's nodes; none for whoever may not see them."""
    return list(api.get("/api/v1/nodes").body.get("items") or [])


def set_apart(nodes: list[Object]) -> list[str]:
    """The names of those nodes that somebody keeps from all Pods but those that tolerate a taint."""
    return [node["metadata"]["name"] for node in nodes if any(map(_keeps_away, _taints(node)))]


def _keeps_away(taint: Object) -> bool:
    return taint.get("effect") in ("NoSchedule", "NoExecute") and not str(taint.get("key")).startswith(_OF_THE_CLUSTER)


# -- nodes -------------------------------------------------------------------------------------------------------------


def _gpu_node(api: Api, lab: str, embedded: str) -> None:
    if embedded:
        from autograder.cluster import embedded as clusters

        clusters.adjoin(embedded)
        return
    nodes = nodes_of(api)
    if any(_lacks(node) == [] for node in nodes):
        return
    with_gpus = [node for node in nodes if _gpus(node)]
    near = "; ".join(f"{node['metadata']['name']} has no {', no '.join(_lacks(node))}" for node in with_gpus[:3])
    raise RequirementMissing(
        f"no such node among the {len(nodes)} of this cluster: {near or f'none has {GPU}'}",
        expected=f"for {lab} a ready node with {GPU} to give, the label {_label()} and the taint {_taint()}",
        next_step=f"have an administrator mark one ({_marking(with_gpus)}), or use the embedded cluster, which starts "
        "one by itself",
    )


def _marking(with_gpus: list[Object]) -> str:
    """The commands that make a GPU node of the one that lacks least, or of any."""
    node = min(with_gpus, key=lambda each: len(_lacks(each)), default=None)
    lacks, name = (_lacks(node), node["metadata"]["name"]) if node else ([], "NAME")
    # Nothing of the course computes on one, so that a number is enough.
    number = f'{{"status":{{"capacity":{{"{GPU}":"8"}}}}}}'
    commands = {
        GPU: f"where NVIDIA's device plugin has not done it: kubectl patch node {name} --subresource=status "
        f"--type=merge -p '{number}'",
        f"label {_label()}": f"kubectl label node {name} {_label()} --overwrite",
        f"taint {_taint()}": f"kubectl taint node {name} {_taint()}",
        "condition Ready": f"kubectl describe node {name} says why it is not ready",
    }
    wanted = lacks if node else [what for what in commands if what != "condition Ready"]
    return "; ".join(commands[what] for what in wanted)


def _lacks(node: Object) -> list[str]:
    """What keeps it from being a GPU node."""
    label, value = GPU_LABEL
    said = node.get("status", {}).get("conditions") or []
    return [
        what
        for what, holds in {
            GPU: _gpus(node),
            f"label {_label()}": (node["metadata"].get("labels") or {}).get(label) == value,
            f"taint {_taint()}": any({key: each.get(key) for key in GPU_TAINT} == GPU_TAINT for each in _taints(node)),
            "condition Ready": any(each["type"] == "Ready" and each["status"] == "True" for each in said),
        }.items()
        if not holds
    ]


def _gpus(node: Object) -> bool:
    return bool((node.get("status", {}).get("allocatable") or {}).get(GPU, "0") != "0")


def _taints(node: Object) -> list[Object]:
    return list(node.get("spec", {}).get("taints") or [])


def _label() -> str:
    return "=".join(GPU_LABEL)


def _taint() -> str:
    return f"{GPU_TAINT['key']}={GPU_TAINT['value']}:{GPU_TAINT['effect']}"


# -- what is offered to all namespaces ---------------------------------------------------------------------------------


def _storage(api: Api, lab: str, embedded: str) -> None:
    classes = api.get("/apis/storage.k8s.io/v1/storageclasses").body.get("items") or []
    making = [each["metadata"]["name"] for each in classes if each.get("provisioner") != _MAKES_NO_VOLUMES]
    default = [each["metadata"]["name"] for each in classes if _is_default(each)]
    if set(default) & set(making):
        return
    if default:
        found = f"the default StorageClass {default[0]} makes no volumes"
    elif making:
        found = f"none of the StorageClasses of this cluster is the default: {', '.join(making[:5])}"
    else:
        found = "no StorageClass on this cluster that makes volumes"
    chosen = making[0] if making else "local-path"
    commands = [
        *([] if making else [f"kubectl apply -f {_LOCAL_PATH}"]),
        *(f"kubectl annotate storageclass {each} {_DEFAULT_CLASS[0]}=false --overwrite" for each in default),
        f"kubectl annotate storageclass {chosen} {_DEFAULT_CLASS[0]}=true --overwrite",
    ]
    raise RequirementMissing(
        found,
        expected=f"for {lab} a default StorageClass, which makes the volumes that claims ask for",
        next_step="autograder cluster up, which puts its own in again"
        if embedded
        else f"have an administrator choose one ({'; '.join(commands)})",
    )


def _is_default(each: Object) -> bool:
    annotations = each["metadata"].get("annotations") or {}
    return any(annotations.get(name) == "true" for name in _DEFAULT_CLASS)


def _metrics(api: Api, lab: str, embedded: str) -> None:
    if embedded:
        from autograder.cluster import building

        building.program("metrics-server")  # it joins the running cluster once it is built
    answer = Answer(0, {})

    def settled() -> bool:
        nonlocal answer
        answer = api.get(_METRICS, {"limit": "1"})
        return answer.status == 200 or (answer.status == 404 and not embedded)

    patience_s = _EMBEDDED_METRICS_PATIENCE_S if embedded else _METRICS_PATIENCE_S
    poll(settled, deadline=time.monotonic() + scaled(patience_s), every_s=_ASKED_EVERY_S)
    if answer.status == 200:
        return
    absent = answer.status == 404
    look = "kubectl describe apiservice v1beta1.metrics.k8s.io says who does not answer"
    install = f"have an administrator install metrics-server (kubectl apply -f {_METRICS_SERVER})"
    raise RequirementMissing(
        "no API metrics.k8s.io on this cluster" if absent else f"metrics.k8s.io answers: {answer.message}",
        expected=f"for {lab} somebody who measures what Pods use, as `kubectl top` shows it",
        next_step="autograder cluster logs metrics-server" if embedded else install if absent else look,
    )


_NODES: dict[str, Callable[[Api, str, str], None]] = {"gpu": _gpu_node}
_OFFERED: dict[str, Callable[[Api, str, str], None]] = {"storage": _storage, "metrics": _metrics}
