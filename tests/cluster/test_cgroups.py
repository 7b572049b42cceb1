"""Control groups of version 2, tried on this machine's own hierarchy; what a kubelet lacks, said of folders made up.

A whole machine with version 2 and nothing else is tried by `make test-vm`.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.cluster import cgroups
from autograder.errors import ClusterError


@pytest.fixture
def hierarchy() -> Iterator[tuple[Path, str]]:
    """The mount of version 2, and a controller of it that the root did not pass on, or that a group below may."""
    for mount, version in cgroups._hierarchies():
        available = cgroups._words(mount / "cgroup.controllers") if version == 2 else set()
        if available and os.geteuid() == 0:
            controller = "hugetlb" if "hugetlb" in available else min(available)
            yield mount, controller
            return
    pytest.skip("no writable hierarchy of version 2 that counts anything")


@pytest.fixture
def group(hierarchy: tuple[Path, str]) -> Iterator[Path]:
    """A group that may pass on the controller."""
    mount, controller = hierarchy
    new = cgroups.pass_on(mount, [controller])
    made = mount / f"autograder-t-{os.getpid()}"
    made.mkdir()
    yield made
    made.rmdir()
    for each in new:
        with contextlib.suppress(OSError):
            (mount / "cgroup.subtree_control").write_text(f"-{each}")


def test_a_controller_that_the_machine_does_not_have_costs_no_other(hierarchy: tuple[Path, str], group: Path) -> None:
    _, controller = hierarchy
    assert cgroups.pass_on(group, ["no-such", controller]) == [controller]
    assert controller in (group / "cgroup.subtree_control").read_text().split()
    assert cgroups.pass_on(group, ["no-such", controller]) == [], "it is new only once"


def test_what_was_passed_on_is_taken_back_by_the_last_cluster(hierarchy: tuple[Path, str], group: Path) -> None:
    mount, controller = hierarchy
    cgroups.pass_on(group, [controller])  # as a cluster's group does; this one stands for another cluster
    cgroups._take_back(mount, [controller])
    assert cgroups._passed_on_by_us(group) == [controller]
    assert controller in (mount / "cgroup.subtree_control").read_text().split()


@pytest.mark.parametrize(
    ("available", "given", "said"),
    [
        ("cpuset cpu io memory hugetlb pids", "cpuset cpu io memory pids", "does not pass on hugetlb"),
        ("cpuset cpu io hugetlb pids", "cpuset cpu io hugetlb pids", "do not count memory"),
    ],
)
def test_what_a_kubelet_lacks_is_said_with_what_to_do(tmp_path: Path, available: str, given: str, said: str) -> None:
    group = tmp_path / "autograder-course"
    group.mkdir()
    (tmp_path / "cgroup.controllers").write_text(available)
    (group / "cgroup.controllers").write_text(given)
    with pytest.raises(ClusterError) as raised:
        cgroups._insist(tmp_path, group)
    assert said in raised.value.found
    assert raised.value.next_step


def test_a_machine_without_huge_pages_lacks_nothing(tmp_path: Path) -> None:
    group = tmp_path / "autograder-course"
    group.mkdir()
    for folder in (tmp_path, group):
        (folder / "cgroup.controllers").write_text("cpuset cpu io memory pids")
    cgroups._insist(tmp_path, group)
