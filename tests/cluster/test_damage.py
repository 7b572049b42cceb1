"""What a crash, an editor or a full disk leaves in a cluster's files: `up` and `down` go on, or say what is missing."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from cluster import traces  # type: ignore[import-not-found]
from cluster.test_embedded import kubectl, serving  # type: ignore[import-not-found]

from autograder.cluster import (
    addressing,
    components,
    diagnosing,
    embedded,
    images,
    laying,
    processes,
    remembering,
    room,
)
from autograder.cluster.certificates import Authority
from autograder.errors import ClusterError

KINDS = {
    "empty": b"",
    "cut": b'{"link": "agc-',
    "garbage": b"\x00\xff\xfe{[" * 40,
    "a list": b'["a", 3, null]',
    "null": b"null",
    "a number": b"3",
    "other fields": b'{"pid": "x", "started": null, "link": 3, "name": {}, "clusters": [], "digest": 4}',
    "deep": b"[" * 100_000,
    "nothing": None,
}
FILES = (
    "cable.json",
    "layout.json",
    "holder.json",
    "keeper.json",
    "kubeconfig",
    "state.json",
    "components.json",
)


@pytest.fixture(params=KINDS)
def damage(request: pytest.FixtureRequest) -> bytes | None:
    return KINDS[request.param]


def spoil(path: Path, content: bytes | None) -> None:
    path.unlink(missing_ok=True)
    if content is not None:
        path.write_bytes(content)


def test_no_reader_of_a_state_file_trusts_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes | None
) -> None:
    monkeypatch.setenv("AUTOGRADER_STATE", str(tmp_path))
    monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path))
    directory = tmp_path / "clusters/one"
    (directory / "pki").mkdir(parents=True)
    for name in (*FILES, "ports.json", "pki/ca.crt", "pki/ca.key"):
        spoil(directory / name, damage)
    spoil(tmp_path / "images.json", damage)
    assert addressing.Cable.read(directory / "cable.json") is None
    assert processes.Recorded.read(directory / "holder.json") is None
    assert laying.load(directory) is None
    assert components.load(directory / "components.json") == []
    assert laying.server(directory / "kubeconfig") == ""
    assert not embedded.status("one").running
    assert embedded.status("one").components == ()
    assert images._read_record() == {}
    assert Authority(directory / "pki", "ca").sign("x", user="x").certificate.exists()
    layout, _ = laying.lay_out("one", directory, has_node=False)
    assert len({layout.api_port, layout.etcd_port, layout.etcd_peer_port}) == 3
    embedded.down("one")
    assert not directory.exists()


def test_a_half_written_file_is_never_seen(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    remembering.write_json(path, {"a": 1})
    with pytest.raises(TypeError):
        remembering.write_json(path, {"a": object()})
    assert remembering.read_record(path) == {"a": 1}
    assert [each.name for each in tmp_path.iterdir()] == ["x.json"]
    assert path.stat().st_mode & 0o077 == 0


def test_certificates_of_another_authority_or_for_another_address_are_signed_again(tmp_path: Path) -> None:
    authority = Authority(tmp_path, "ca")
    first = authority.sign("server", user="server", addresses=("10.0.0.1", "localhost")).certificate.read_bytes()
    assert authority.sign("server", user="server", addresses=("10.0.0.1",)).certificate.read_bytes() == first
    second = authority.sign("server", user="server", addresses=("10.0.0.5",)).certificate.read_bytes()
    assert second != first
    (tmp_path / "ca.key").write_text("damaged")
    assert (
        Authority(tmp_path, "ca").sign("server", user="server", addresses=("10.0.0.5",)).certificate.read_bytes()
        != second
    )


@pytest.mark.alone
@pytest.mark.parametrize("kind", ["empty", "garbage", "other fields"])
def test_a_running_cluster_whose_files_are_damaged_comes_up_again_and_goes(kind: str) -> None:
    name = f"t-{uuid.uuid4().hex[:8]}"
    before = traces.take(name)
    embedded.up(name)
    try:
        directory = embedded.status(name).directory
        kubectl(name, "create", "configmap", "kept", "--from-literal=a=b")
        for file in FILES:
            spoil(directory / file, KINDS[kind])
        said: list[str] = []
        embedded.up(name, say=said.append)
        assert "damaged" in " ".join(said)
        assert "kubeconfig" in " ".join(said)
        assert serving(name)
        assert kubectl(name, "get", "configmap", "kept", "-o", "jsonpath={.data.a}").stdout == "b"
        for file in FILES:
            spoil(directory / file, KINDS[kind])
    finally:
        embedded.down(name)
    assert traces.take(name) == before


@contextlib.contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    """A file system of its own that is soon full."""
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "small", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_full_disk_is_named_with_what_is_needed(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "64k") as disk:
        with pytest.raises(ClusterError) as raised, room.named(500, disk / "programs"):
            (disk / "x").write_bytes(bytes(1 << 20))
        said = str(raised.value)
        assert f"the file system {disk}, where {disk}" in said
        assert "about 500 MiB free" in said
        with pytest.raises(ClusterError, match="is full"), room.named(500, disk):
            raise ClusterError("`go build` ended with 1: link: write /x: no space left on device")
    with pytest.raises(FileNotFoundError), room.named(500, tmp_path):
        (tmp_path / "none").read_text()


@pytest.mark.parametrize("variable", ["AUTOGRADER_STATE", "AUTOGRADER_CACHE"])
def test_up_on_a_full_disk_says_which_one_in_one_message(tmp_path: Path, variable: str) -> None:
    name = f"t-{uuid.uuid4().hex[:8]}"
    autograder = Path(sys.executable).with_name("autograder")
    with small_disk(tmp_path / "disk", "300k" if variable == "AUTOGRADER_CACHE" else "6m") as disk:
        environment = os.environ | {variable: str(disk), "COLUMNS": "500"}
        try:
            argv = [autograder, "cluster", "up", "--name", name]
            done = subprocess.run(argv, env=environment, capture_output=True, text=True, timeout=200, check=False)
            assert done.returncode != 0
            assert f"the file system {disk}" in done.stderr, done.stderr
            assert "Traceback" not in done.stderr
        finally:
            argv = [autograder, "cluster", "down", "--name", name]
            subprocess.run(argv, env=environment, capture_output=True, timeout=100, check=True)


def test_up_names_the_component_that_fails_and_its_last_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kubelet that cannot start, as on a machine whose control groups are not as it wants them."""
    name = f"t-{uuid.uuid4().hex[:8]}"
    saved = components.save

    def save_misled(path: Path, parts: list[components.Component]) -> None:
        misled = [
            components.Component(**{**vars(part), "argv": (*part.argv, "--no-such-flag")})
            if part.name == "kubelet"
            else part
            for part in parts
        ]
        saved(path, misled)

    monkeypatch.setattr(components, "save", save_misled)
    monkeypatch.setattr(embedded, "_READY_TIMEOUT_S", 20)
    try:
        with pytest.raises(ClusterError) as raised:
            embedded.up(name)
        assert "kubelet has ended" in str(raised.value)
        assert "unknown flag: --no-such-flag" in str(raised.value)
        assert f"autograder cluster logs kubelet --name {name}" in raised.value.next_step
    finally:
        embedded.down(name)


def test_an_etcd_that_fails_is_named_and_not_the_api_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    name = f"t-{uuid.uuid4().hex[:8]}"
    monkeypatch.setenv("PATH", str(tmp_path))  # a control plane is enough
    monkeypatch.setattr(embedded, "_READY_TIMEOUT_S", 8)
    directory = embedded.directory_of(name)
    (directory / "etcd").parent.mkdir(parents=True)
    (directory / "etcd").write_text("no directory")
    try:
        with pytest.raises(ClusterError, match=r"etcd has ended .* times; its last words: .*etcd"):
            embedded.up(name)
    finally:
        embedded.down(name)


def test_a_supervisor_that_cannot_start_is_named(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs/keeper.log").write_text("Error: iptables-restore refused the node's walls: no such table\n")
    assert "refused the node's walls" in diagnosing.ailing(tmp_path, "kube-apiserver").found


def test_a_runtime_without_its_service_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs/kubelet.log").write_text(
        'I1126 starting\nE1126 07:19:56 1 run.go:72] "command failed" err="failed to run Kubelet: validate CRI for'
        ' unix:///run/containerd/containerd.sock: code = Unimplemented"\n'
    )
    (tmp_path / "logs/containerd.log").write_text(
        'level=warning msg="failed to load plugin io.containerd.grpc.v1.cri" error="fsnotify: too many open files"\n'
        'level=info msg="containerd successfully booted"\n'
    )
    processes.record(tmp_path / "holder.json", os.getpid())
    remembering.write_json(
        tmp_path / "state.json",
        [
            {"name": "containerd", "starts": 1, "state": "running"},
            {"name": "kubelet", "starts": 9, "state": "restarting"},
        ],
    )
    cause = diagnosing.ailing(tmp_path, "kube-apiserver")
    assert cause.component == "kubelet"
    assert "has ended 8 times" in cause.found
    assert "fsnotify: too many open files" in cause.found
    assert "fs.inotify.max_user_instances" in cause.remedy


@pytest.mark.alone
def test_what_is_said_to_do_about_too_many_open_files_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel counts what watches files for each user: other clusters may have taken all of it."""
    name = f"t-{uuid.uuid4().hex[:8]}"
    monkeypatch.setattr(embedded, "_READY_TIMEOUT_S", 15)
    taken = list(every_watcher_of_files())
    try:
        with pytest.raises(ClusterError) as raised:
            embedded.up(name)
        assert "too many open files" in str(raised.value)
        assert "take other clusters down, then run the command again" in raised.value.next_step
        while taken:
            os.close(taken.pop())
        monkeypatch.undo()
        assert embedded.up(name).server
    finally:
        for descriptor in taken:
            os.close(descriptor)
        embedded.down(name)


def every_watcher_of_files() -> Iterator[int]:
    """All the inotify instances that this user can still have."""
    libc = ctypes.CDLL(None, use_errno=True)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        while (descriptor := libc.inotify_init1(os.O_CLOEXEC)) >= 0:
            yield descriptor
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_node_is_never_started_in_the_machines_own_network(tmp_path: Path) -> None:
    """Where the file was lost that says that the cluster is to be enclosed."""
    components.save(tmp_path / "components.json", [components.Component("kubelet", ("touch", str(tmp_path / "ran")))])
    argv = [sys.executable, "-m", "autograder.cluster.supervising", str(tmp_path)]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 1
    assert "outside of namespaces" in done.stderr
    assert not (tmp_path / "ran").exists()


def test_a_keeper_that_gives_up_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody took the addresses between choosing and connecting: said at once, and the next `up` takes others."""
    name = f"t-{uuid.uuid4().hex[:8]}"
    laid_out = laying.lay_out
    other = f"agc-{name[2:]}"

    def taken_afterwards(*args: object, **kwargs: object) -> object:
        layout, server = laid_out(*args, **kwargs)  # type: ignore[arg-type]
        cable = addressing.Cable.read(embedded.directory_of(name) / "cable.json")
        assert cable is not None
        subprocess.run(["ip", "link", "add", other, "type", "bridge"], check=True)
        subprocess.run(["ip", "address", "add", str(cable.network), "dev", other], check=True)
        return layout, server

    try:
        with monkeypatch.context() as patched:
            patched.setattr(laying, "lay_out", taken_afterwards)
            started = time.monotonic()
            with pytest.raises(ClusterError, match="another interface or route of this machine uses"):
                embedded.up(name)
            assert time.monotonic() - started < 30
        embedded.up(name)
        assert serving(name)
    finally:
        subprocess.run(["ip", "link", "delete", other], check=True)
        embedded.down(name)
