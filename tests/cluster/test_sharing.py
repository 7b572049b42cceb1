"""Several clusters on one machine, and machines that are not ours alone: addresses, names, rights."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from autograder.cluster import addressing, embedded, places, privileges

CLAIMING = """
import json, sys
from pathlib import Path
from autograder.cluster import addressing
sys.stdout.write(json.dumps([vars(addressing.claim(Path(each))) for each in sys.argv[1:]]) + "\\n")
"""


def in_a_network_of_its_own(*commands: str, claim: tuple[str, ...] = ("/x/a",)) -> subprocess.CompletedProcess[str]:
    """Claims cables where the commands have set up what the machine uses."""
    shell = "; ".join(["set -e", "ip link set lo up", *commands, 'exec "$@"'])
    command = ["unshare", "--net", "sh", "-c", shell, "sh", sys.executable, "-c", CLAIMING, *claim]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_many_that_choose_at_one_moment_take_different_addresses() -> None:
    # In one network, each in a process of its own.
    claim = f"{sys.executable} -c '{CLAIMING}'"
    script = "ip link set lo up; " + "".join(f"{claim} /x/{number} & " for number in range(8)) + "wait"
    done = subprocess.run(["unshare", "--net", "sh", "-c", script], capture_output=True, text=True, timeout=120)
    taken = [json.loads(line)[0] for line in done.stdout.splitlines()]
    assert len(taken) == 8, done.stderr
    assert len({each["node_address"] for each in taken}) == len({each["link"] for each in taken}) == 8


@pytest.mark.parametrize(
    "used",
    [
        "ip link add podman9 type bridge; ip address add 10.88.0.1/16 dev podman9",
        "ip link add vpn type bridge; ip link set vpn up; ip route add 10.0.0.0/8 dev vpn",
        "ip link add vpn type bridge; ip link set vpn up; ip route add 10.88.0.0/16 dev vpn table 51820",
        "ip route add unreachable 10.88.0.0/16",
    ],
    ids=["podman", "a VPN's route", "a route of another table", "an unreachable range"],
)
def test_a_range_that_somebody_else_uses_is_left_alone(used: str) -> None:
    done = in_a_network_of_its_own(used)
    assert done.returncode == 0, done.stderr
    assert not json.loads(done.stdout)[0]["node_address"].startswith("10.88.")


def test_a_default_route_in_two_halves_takes_nothing() -> None:
    done = in_a_network_of_its_own(
        "ip link add vpn type bridge; ip link set vpn up",
        "ip route add 0.0.0.0/1 dev vpn",
        "ip route add 128.0.0.0/1 dev vpn",
    )
    assert json.loads(done.stdout)[0]["node_address"] == "10.88.0.2"


def test_where_everything_is_used_it_is_said_by_whom() -> None:
    used = [f"ip route add unreachable {cables}" for cables in addressing._CABLES]
    done = in_a_network_of_its_own(*used)
    assert done.returncode != 0
    assert "10.88.0.0/16" in done.stderr
    assert "ip -4 route show table all" in done.stderr


def test_an_address_taken_meanwhile_is_given_up_and_another_chosen(tmp_path: Path) -> None:
    taken = addressing.Cable(addressing.link_of(tmp_path / "a"), "10.88.0.1", "10.88.0.2")
    program = (
        "import json; from pathlib import Path; from autograder.cluster import addressing as a\n"
        f"print(json.dumps([vars(a.claim(Path({str(tmp_path / 'a')!r}), a.Cable(*{tuple(vars(taken).values())!r})))]))"
    )
    shell = 'ip link set lo up; ip link add other type bridge; ip address add 10.88.0.1/30 dev other; exec "$@"'
    command = ["unshare", "--net", "sh", "-c", shell, "sh", sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(done.stdout)[0]["node_address"] == "10.88.0.6"


def test_an_end_of_a_life_before_is_removed_where_sys_shows_another_network() -> None:
    done = in_a_network_of_its_own(claim=("/x/a", "/x/a"))
    assert done.returncode == 0, done.stderr
    one, again = json.loads(done.stdout)
    assert one == again


def test_one_name_in_two_places_is_two_clusters_and_the_usual_place_keeps_it_readable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = Path("~root/.local/state/autograder/clusters/course").expanduser()
    one, other = tmp_path / "one/clusters/course", tmp_path / "two/clusters/course"
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert places.identity(usual) == "course"
    assert len({places.identity(each) for each in (usual, one, other)}) == 3
    assert places.identity(one).startswith("course-")
    assert len({addressing.link_of(each) for each in (usual, one, other)}) == 3


def test_two_clusters_of_one_name_that_start_at_one_moment_live_and_one_goes_without_the_other(tmp_path: Path) -> None:
    name = f"t-{uuid.uuid4().hex[:8]}"
    homes = [tmp_path / "one", tmp_path / "two"]

    def command(home: Path, *argv: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"AUTOGRADER_STATE": str(home)}
        argv = (str(Path(sys.executable).with_name("autograder")), "cluster", *argv)
        return subprocess.run(argv, env=environment, capture_output=True, text=True, timeout=240, check=False)

    try:
        with ThreadPoolExecutor() as both:
            for done in both.map(lambda home: command(home, "up", "--name", name), homes):
                assert done.returncode == 0, done.stderr + done.stdout
        assert command(homes[0], "down", "--name", name).returncode == 0
        nodes = command(homes[1], "kubectl", "--name", name, "get", "nodes")
        assert " Ready" in nodes.stdout, nodes.stderr
        assert list(Path("/sys/fs/cgroup").glob(f"**/autograder-{name}-*"))[:1], "its control group is still there"
    finally:
        for home in homes:
            command(home, "down", "--name", name)


def test_root_in_a_user_namespace_is_no_root_of_the_machine() -> None:
    asking = [sys.executable, "-c", "from autograder.cluster import privileges; print(privileges.lacking())"]
    said = subprocess.run(["unshare", "--map-root-user", *asking], capture_output=True, text=True, check=True).stdout
    assert "user namespace" in said
    bounded = ["setpriv", "--bounding-set=-mknod", "--inh-caps=-mknod", *asking]
    assert "CAP_MKNOD" in subprocess.run(bounded, capture_output=True, text=True, check=True).stdout
    assert privileges.lacking() == []


def test_root_in_a_user_namespace_gets_a_control_plane_and_is_told_why(tmp_path: Path) -> None:
    name = f"t-{uuid.uuid4().hex[:8]}"
    environment = os.environ | {"AUTOGRADER_STATE": str(tmp_path / "state")}
    autograder = str(Path(sys.executable).with_name("autograder"))
    steps = (f"up --name {name}", f"kubectl --name {name} get --raw /readyz", f"down --name {name}")
    script = " && ".join(f'"$0" cluster {step}' for step in steps)
    command = ["unshare", "--map-root-user", "sh", "-c", script, autograder]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    assert "without a node" in done.stderr
    assert "user namespace" in " ".join(done.stderr.split())
    assert "ok" in done.stdout


def test_a_path_with_a_colon_is_one_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"t-{uuid.uuid4().hex[:8]}"
    nowhere = tmp_path / "nothing"
    nowhere.mkdir()
    monkeypatch.setenv("AUTOGRADER_STATE", str(tmp_path / "a:b"))
    autograder = Path(sys.executable).with_name("autograder")
    try:
        with monkeypatch.context() as patched:
            patched.setenv("PATH", str(nowhere))  # a control plane is enough
            embedded.up(name)
        argv = [autograder, "cluster", "kubectl", "--name", name, "get", "namespaces", "-o", "name"]
        done = subprocess.run(argv, capture_output=True, text=True, timeout=60, check=False)
        assert "namespace/default" in done.stdout, done.stderr
    finally:
        embedded.down(name)
