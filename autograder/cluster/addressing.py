"""Chooses the addresses of the one link between the machine and a cluster, and keeps others from taking them.

Choosing and taking happen under one lock of the machine's network, whoever's cluster it is and wherever its files
lie: two clusters that start at one moment never take the same address. What is taken shows as an interface of the
machine, so a crash needs no clearing up that `down` would not do anyway.
"""

from __future__ import annotations

import contextlib
import fcntl
import ipaddress
import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from autograder.cluster import remembering
from autograder.cluster.components import POD_RANGE, SERVICE_RANGE
from autograder.cluster.places import digest
from autograder.deadlines import scaled
from autograder.errors import ClusterError

_LINK_PREFIX = "agc-"
_CABLES = tuple(
    ipaddress.IPv4Network(each)
    # The first is Podman's usual one too; the last two are kept for benchmarks and for carriers.
    for each in ("10.88.0.0/16", "172.29.0.0/16", "192.168.88.0/24", "10.213.0.0/16", "198.18.88.0/24", "100.88.0.0/16")
)
_EVERYTHING_BELOW = 8
"""Routes to more than a /8 lead somewhere by default (a VPN's `0.0.0.0/1`); a more specific one may pass by them."""
_LOCK_TIMEOUT_S = 30
_NETWORK = "/proc/self/ns/net"


@dataclass(frozen=True)
class Cable:
    """The one link between the machine and a cluster."""

    link: str
    """Name of the machine's end."""
    machine_address: str
    node_address: str

    @property
    def prefix_length(self) -> int:
        return 30

    @property
    def network(self) -> ipaddress.IPv4Network:
        return ipaddress.IPv4Network(f"{self.machine_address}/{self.prefix_length}", strict=False)

    @staticmethod
    def read(path: Path) -> Cable | None:
        """What `write` wrote; None where nothing of the kind is there."""
        content = remembering.read_record(path)
        try:
            cable = Cable(str(content["link"]), str(content["machine_address"]), str(content["node_address"]))
            machine, node = cable.network.hosts()
        except (KeyError, ValueError):
            return None
        whole = (str(machine), str(node)) == (cable.machine_address, cable.node_address)
        return cable if whole and any(cable.network.subnet_of(each) for each in _CABLES) else None

    def write(self, path: Path) -> None:
        remembering.write_json(path, asdict(self))


def link_of(directory: Path) -> str:
    """The name of the machine's end of a cluster's cable; the kernel allows fifteen letters."""
    return _LINK_PREFIX + digest(directory)[:8]


def claim(directory: Path, wished: Cable | None = None) -> Cable:
    """Takes a cable for the cluster in `directory`: the one it had, where nobody else uses its addresses, or another.

    Raises:
        ClusterError: there is no free address, or the lock was not to be had.
    """
    link = link_of(directory)
    with network_lock():
        used = _used(link)
        if wished is not None and wished.link == link and not _overlapping(wished.network, used):
            cable = wished
        else:
            cable = _free(link, used)
        remove_link(link)
        run("ip", "link", "add", link, "type", "veth", "peer", "name", f"{link}p")
        run("ip", "address", "add", f"{cable.machine_address}/{cable.prefix_length}", "dev", link)
        return cable


def connect(cable: Cable, inside: str, pid: int) -> None:
    """Puts one end of the cable, named `inside`, into the network of a process, and the other here.

    Raises:
        ClusterError: somebody else uses the addresses by now; the next `up` takes others.
    """
    with network_lock():
        if _overlapping(cable.network, _used(cable.link)):
            raise ClusterError(
                f"another interface or route of this machine uses {cable.network} by now",
                next_step="start the cluster again, and it takes other addresses: autograder cluster up",
            )
        remove_link(cable.link)
        run("ip", "link", "add", cable.link, "type", "veth", "peer", "name", inside, "netns", str(pid))
        run("ip", "address", "add", f"{cable.machine_address}/{cable.prefix_length}", "dev", cable.link)
        run("ip", "link", "set", cable.link, "up")


def remove_link(link: str) -> None:
    """Removes the machine's end of a cable, if it is there, and the other end with it."""
    # Not /sys/class/net, which may have been mounted in another network than the one that this process is in.
    if any(name == link for _, name in socket.if_nameindex()):
        subprocess.run(["ip", "link", "delete", link], check=False, capture_output=True)


@contextlib.contextmanager
def network_lock() -> Iterator[None]:
    """Nobody else who uses this module in this network chooses or takes an address meanwhile.

    The lock is on the network namespace itself: it is the same for every user and every directory, and leaves no file.
    """
    handle = os.open(_NETWORK, os.O_RDONLY)
    try:
        deadline = time.monotonic() + scaled(_LOCK_TIMEOUT_S)
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise ClusterError(
                        f"another process has held {_NETWORK} for {scaled(_LOCK_TIMEOUT_S):.0f} s",
                        expected="the lock under which clusters choose their addresses",
                        next_step="see who: lslocks; then run the command again",
                    ) from None
                time.sleep(0.02)
        yield
    finally:
        os.close(handle)


def _free(link: str, used: set[ipaddress.IPv4Network]) -> Cable:
    for cables in _CABLES:
        inside = {each for each in used if each.overlaps(cables)}
        if any(cables.subnet_of(each) for each in inside):
            continue
        for subnet in cables.subnets(new_prefix=30):
            if not _overlapping(subnet, inside):
                machine, node = subnet.hosts()
                return Cable(link, str(machine), str(node))
    takers = ", ".join(sorted(str(each) for each in used if any(each.overlaps(cables) for cables in _CABLES)))
    raise ClusterError(
        f"all of {', '.join(map(str, _CABLES))} is in use on this machine: {takers[:400]}",
        expected="four free addresses in one of them for the link to the cluster",
        next_step="`ip -4 address` and `ip -4 route show table all` say who uses them: free a part of one, or take"
        " clusters down that are not needed (autograder cluster down --all)",
    )


def _overlapping(network: ipaddress.IPv4Network, used: set[ipaddress.IPv4Network]) -> bool:
    return any(network.overlaps(other) for other in used)


def _used(own_link: str) -> set[ipaddress.IPv4Network]:
    """What this machine's interfaces and routes use, apart from the cluster's own link; and what Pods will."""
    used = {ipaddress.IPv4Network(POD_RANGE), ipaddress.IPv4Network(SERVICE_RANGE)}
    for interface in json.loads(run("ip", "-json", "-4", "address", "show") or "[]"):
        if interface.get("ifname") != own_link:
            for address in interface.get("addr_info", []):
                with contextlib.suppress(KeyError, ValueError):
                    used.add(ipaddress.IPv4Network(f"{address['local']}/{address['prefixlen']}", strict=False))
    for route in json.loads(run("ip", "-json", "-4", "route", "show", "table", "all") or "[]"):
        if route.get("dev") != own_link and route.get("type") not in ("broadcast", "multicast"):
            with contextlib.suppress(KeyError, ValueError):
                target = ipaddress.IPv4Network(route["dst"], strict=False)  # "default" is no network
                if target.prefixlen >= _EVERYTHING_BELOW:
                    used.add(target)
    return used


def run(*argv: str) -> str:
    """What a command of the system printed.

    Raises:
        ClusterError: it ended badly.
    """
    done = subprocess.run(argv, check=False, capture_output=True, text=True, errors="replace")
    if done.returncode:
        raise ClusterError(
            f"{' '.join(argv)} ended with {done.returncode}: {done.stderr.strip()}",
            next_step="the cluster's own network and mounts need root; see the logs: autograder cluster logs",
        )
    return done.stdout
