"""The walls around Pods in a node's own network: what they may reach, and under which addresses.

Pods speak with Pods (as far as NetworkPolicies let them), with Services, with the API server and with DNS. They reach
no other process of the node, nothing of the machine and nothing beyond, whatever source address they write into a
packet, and over IPv6 nobody. The rules are there before the first Pod, and stand in tables that neither kube-proxy nor
kube-router touches. Between Pods nothing passes that kube-router has not let pass, so that nothing does before it runs.

Pods of the second node leave it through the first, where the same walls stand at the cable between the two. No process
of either node takes anything from a Pod of the other, but for the API server and DNS.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from pathlib import Path

from autograder.cluster.addressing import run
from autograder.cluster.components import GPU_POD_RANGE, NODE_POD_RANGE, SERVICE_RANGE
from autograder.cluster.nodes import FIRST_END, GPU_ADDRESS, LINK

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
_ECHO = "-p icmp --icmp-type 8"


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
    """Sets up the walls of the first node in the network that this process is in.

    Args:
        uplink: the interface that leads to the machine.
        api_port: of the API server, on this node's address.
    """
    _wall(uplink, _rules(uplink, api_port))


def confine_second(uplink: str, *, first_address: str) -> None:
    """Sets up those of the second node.

    Args:
        uplink: the interface that leads to the first.
        first_address: what the first node is known by.
    """
    _wall(uplink, _rules_of_second(uplink, first_address))


def _wall(uplink: str, rules: str) -> None:
    for setting, value in _SETTINGS.items():
        with contextlib.suppress(OSError):  # not every kernel has each of them
            Path("/proc/sys", setting).write_text(value)
    # Services are reached through a route that need only exist: iptables rewrites the address.
    run("ip", "route", "add", SERVICE_RANGE, "dev", uplink)
    _restore("iptables-restore", rules)
    if HAS_IPV6.exists() and shutil.which("ip6tables-restore"):
        with contextlib.suppress(Exception):  # a kernel may have IPv6 and no tables for it: then it is only turned off
            _restore("ip6tables-restore", _NOTHING)


def _rules(uplink: str, api_port: int) -> str:
    served = (f"-p tcp --dport {api_port}", "-p udp --dport 53", "-p tcp --dport 53", _ECHO)
    return f"""\
*raw
-A PREROUTING -i {BRIDGE} ! -s {NODE_POD_RANGE} -j DROP
-A PREROUTING -i {LINK} -s {GPU_POD_RANGE} -j ACCEPT
-A PREROUTING -i {LINK} -s {GPU_ADDRESS} -j ACCEPT
-A PREROUTING -i {LINK} -j DROP
COMMIT
*filter
:FORWARD DROP
COMMIT
*mangle
-A FORWARD -o {uplink} -j DROP
-A FORWARD -i {uplink} -j DROP
{_taken_in(BRIDGE, *served)}
{_taken_in(LINK, *served)}
COMMIT
"""


def _rules_of_second(uplink: str, first_address: str) -> str:
    return f"""\
*raw
-A PREROUTING -i {BRIDGE} ! -s {GPU_POD_RANGE} -j DROP
COMMIT
*filter
:FORWARD DROP
COMMIT
*mangle
{_taken_in(BRIDGE, _ECHO)}
{_taken_in(uplink, f"-s {FIRST_END}", f"-s {first_address}", _ECHO)}
COMMIT
"""


def _taken_in(interface: str, *wanted: str) -> str:
    """What the node's own processes take from there: answers, what is wanted, and nothing else."""
    taken = ("-m conntrack --ctstate ESTABLISHED,RELATED", *wanted)
    rules = [f"-A INPUT -i {interface} {each} -j ACCEPT" for each in taken]
    return "\n".join([*rules, f"-A INPUT -i {interface} -j DROP"])


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
