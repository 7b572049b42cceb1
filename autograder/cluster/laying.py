"""Where a cluster's parts are found: its addresses and ports, chosen once and kept in its directory.

A later start takes what an earlier one chose, so that a kubeconfig stays good. What is damaged, or taken by somebody
else meanwhile, is chosen again.
"""

from __future__ import annotations

import contextlib
import hashlib
import socket
from pathlib import Path
from typing import Any

import yaml

from autograder.cluster import addressing, components, enclosing, places, remembering
from autograder.cluster.components import USUAL_API_PORT, Layout

_UNROUTED_ADDRESS = "203.0.113.1"
"""From the range kept for documentation: advertised where there is no node that could use it."""
_ETCD_PORTS = (2379, 2380)
_SIGNED = "version"


def lay_out(name: str, directory: Path, *, has_node: bool) -> tuple[Layout, str]:
    """Addresses for a cluster about to start, as last time where they still serve; and the API server's URL."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    described = directory / "cable.json"
    if has_node:
        cable = addressing.claim(directory, addressing.Cable.read(described))
        cable.write(described)
        layout = Layout(
            name,
            enclosing.BASE,
            cable.node_address,
            "0.0.0.0",  # noqa: S104 (of a network of its own)
            USUAL_API_PORT,
            *_ETCD_PORTS,
            has_node=True,
            identity=places.identity(directory),
        )
        return layout, f"https://{cable.node_address}:{USUAL_API_PORT}"
    described.unlink(missing_ok=True)  # of a time when there was a node
    api, etcd, peer = _ports(directory / "ports.json")
    layout = Layout(name, directory, _UNROUTED_ADDRESS, "127.0.0.1", api, etcd, peer, has_node=False)
    return layout, f"https://127.0.0.1:{api}"


def save(layout: Layout, directory: Path) -> None:
    fields = {key: str(value) if isinstance(value, Path) else value for key, value in vars(layout).items()}
    remembering.write_json(directory / "layout.json", fields)


def sign(directory: Path) -> None:
    """Notes by which version of this room the cluster is started."""
    remembering.write(directory / _SIGNED, _version())


def outdated(directory: Path) -> bool:
    """Whether a running cluster was started by another version of this room: it lacks what this one relies on."""
    try:
        return (directory / _SIGNED).read_text() != _version()
    except (OSError, ValueError):
        return True


def load(directory: Path) -> Layout | None:
    """What `save` wrote; None where nothing of the kind is there."""
    fields = remembering.read_record(directory / "layout.json")
    try:
        return Layout(**{**fields, "base": Path(fields["base"])})
    except (KeyError, TypeError):
        return None


def damaged(directory: Path) -> list[str]:
    """Files that a running cluster must have and that are not whole; each is made again at a start."""
    layout = load(directory)
    broken = [] if layout else ["layout.json"]
    has_node = layout.has_node if layout else (directory / "cable.json").exists()
    if has_node and addressing.Cable.read(directory / "cable.json") is None:
        broken.append("cable.json")
    if not components.load(directory / "components.json"):
        broken.append("components.json")
    if server(directory / "kubeconfig") == "":
        broken.append("kubeconfig")
    return broken


def server(kubeconfig: Path) -> str:
    """URL of the API server that an administrator's kubeconfig names; empty where it is not whole."""
    try:
        content: Any = yaml.safe_load(kubeconfig.read_bytes())
        named, user = content["clusters"][0]["cluster"], content["users"][0]["user"]
        whole = named["certificate-authority-data"] and user["client-certificate-data"] and user["client-key-data"]
        return str(named["server"]) if whole else ""
    except (OSError, ValueError, yaml.YAMLError, KeyError, IndexError, TypeError, RecursionError):
        return ""


def _version() -> str:
    """Of what decides how a cluster is started: this room's own files."""
    room = Path(__file__).parent
    content = hashlib.sha256()
    for path in sorted([*room.glob("*.py"), *room.glob("*.yaml")]):
        content.update(path.read_bytes())
    return content.hexdigest()


def _ports(described: Path) -> tuple[int, int, int]:
    """The API server's port, and etcd's two."""
    kept = remembering.read_json(described)
    if isinstance(kept, list) and len(kept) == 3 and all(type(each) is int and 0 < each < 65536 for each in kept):
        return kept[0], kept[1], kept[2]
    chosen = _free_ports(USUAL_API_PORT, *_ETCD_PORTS)
    remembering.write_json(described, chosen)
    return chosen[0], chosen[1], chosen[2]


def _free_ports(*usual: int) -> list[int]:
    """Each usual port where it is free, else one that the kernel picks; all held until all are chosen."""
    with contextlib.ExitStack() as held:
        chosen = []
        for port in usual:
            probe = held.enter_context(socket.socket())
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                probe.bind(("127.0.0.1", 0))
            chosen.append(probe.getsockname()[1])
        return chosen
