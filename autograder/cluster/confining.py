"""The walls around Pods in the node's own network: what they may reach, and under which addresses.

Pods speak with Pods (as far as NetworkPolicies let them), with Services, with the API server and with DNS. They reach
no other process of the node, nothing of the machine and nothing beyond, whatever source address they write into a
packet, and over IPv6 nobody. The rules are there before the first Pod, and stand in tables that neither kube-proxy nor
kube-router touches. Between Pods nothing passes that kube-router has not let pass, so that nothing does before it runs.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from pathlib import Path

from autograder.cluster.addressing import run
from autograder.cluster.components import NODE_POD_RANGE, SERVICE_RANGE

BRIDGE = "cni0"
"""Where every Pod is attached."""

_SETTINGS = {
    "net/ipv4/ip_forward": "1",
    # An answer must leave by where the question came in, so an address that lives elsewhere gets nowhere.
    "net/ipv4/conf/all/rp_filter": "1",
    "net/ipv4/conf/default/rp_filter": "1",
    "net/ipv4/conf/all/accept_redirects": "0",
    "net/ipv4/conf/default/accept_redirects": "0",
    "net/ipv4/conf/all/accept_source_route": "0",
    # Without this, packets between two Pods pass no rule and so no NetworkPolicy.
    "net/bridge/bridge-nf-call-iptables": "1",
    "net/bridge/bridge-nf-call-ip6tables": "1",
    "net/ipv6/conf/all/disable_ipv6": "1",
    "net/ipv6/conf/default/disable_ipv6": "1",
}
HAS_IPV6 = Path("/proc/sys/net/ipv6/conf/all/disable_ipv6")
FILTERS_BRIDGES = Path("/proc/sys/net/bridge/bridge-nf-call-iptables")


def prepare_machine() -> None:
    """Has the kernel pass packets on bridges through rules at all: a module does, which may not be loaded yet."""
    if FILTERS_BRIDGES.exists() or shutil.which("modprobe") is None:
        return
    subprocess.run(["modprobe", "--quiet", "br_netfilter"], check=False, capture_output=True)
    # The machine's own bridges stay as they were.
    for setting in ("bridge-nf-call-iptables", "bridge-nf-call-ip6tables"):
        with contextlib.suppress(OSError):
            FILTERS_BRIDGES.with_name(setting).write_text("0")


def confine(uplink: str, *, api_port: int) -> None:
    """Sets up the walls in the network that this process is in.

    Args:
        uplink: the interface that leads to the machine.
        api_port: of the API server, on this node's address.
    """
    for setting, value in _SETTINGS.items():
        with contextlib.suppress(OSError):  # not every kernel has each of them
            Path("/proc/sys", setting).write_text(value)
    # Services are reached through a route that need only exist: iptables rewrites the address.
    run("ip", "route", "add", SERVICE_RANGE, "dev", uplink)
    _restore("iptables-restore", _rules(uplink, api_port))
    if HAS_IPV6.exists() and shutil.which("ip6tables-restore"):
        with contextlib.suppress(Exception):  # a kernel may have IPv6 and no tables for it: then it is only turned off
            _restore("ip6tables-restore", _NOTHING)


def _rules(uplink: str, api_port: int) -> str:
    wanted = (f"-p tcp --dport {api_port}", "-p udp --dport 53", "-p tcp --dport 53", "-p icmp --icmp-type 8")
    inward = "\n".join(f"-A INPUT -i {BRIDGE} {each} -j ACCEPT" for each in wanted)
    return f"""\
*raw
-A PREROUTING -i {BRIDGE} ! -s {NODE_POD_RANGE} -j DROP
COMMIT
*filter
:FORWARD DROP
COMMIT
*mangle
-A FORWARD -o {uplink} -j DROP
-A FORWARD -i {uplink} -j DROP
-A INPUT -i {BRIDGE} -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
{inward}
-A INPUT -i {BRIDGE} -j DROP
COMMIT
"""


_NOTHING = """\
*filter
:INPUT DROP
:FORWARD DROP
:OUTPUT DROP
-A INPUT -i lo -j ACCEPT
-A OUTPUT -o lo -j ACCEPT
COMMIT
"""


def _restore(program: str, rules: str) -> None:
    done = subprocess.run([program, "-w", "--noflush"], input=rules, check=False, capture_output=True, text=True)
    if done.returncode:
        run(program, "--version")
        raise OSError(f"{program} refused the node's walls: {done.stderr.strip()}")
