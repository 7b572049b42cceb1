"""What a student kernel sees of this machine: the command line that starts it in bubblewrap.

Read-only system folders and Python, a home, a /tmp and a folder for sockets that are memory and go
with the sandbox, a network of its own with nobody in it, its own processes and no others. The
files, the kernel's key and the kubeconfig arrive through stdin, so that no folder is shared.

Root gets an unprivileged uid of this machine without a user namespace; anybody else gets the same
view with one. Nothing is started here: a command goes out, the provisioner runs it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import autograder
from autograder import deadlines
from autograder.errors import RequirementMissing
from autograder.execute.limits import Limits

HOME = "/home/student"
SOCKETS = "/run/kernel"
TOOLS = "/opt/autograder/bin"
PACKAGES = "/opt/autograder/lib"
API_PORT = 6443
_LOOPBACK = "127.0.0.1"

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_SETTINGS = (
    "/etc/alternatives",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/localtime",
    "/etc/mime.types",
    "/etc/nsswitch.conf",
    "/etc/ssl/certs",
)
_UID_WITH_USER_NAMESPACE = 1000


@dataclass(frozen=True)
class Descriptors:
    """What a sandbox inherits besides stdin, stdout and stderr."""

    handover: int
    """A socket on which it hands out its listener and its folder of sockets."""
    accounts: int
    """/etc/passwd."""
    groups: int
    """/etc/group."""
    hosts: int
    """/etc/hosts."""
    filter: int
    """The system calls it may make, as a compiled seccomp program; -1 for none."""


def command(
    argv: list[str],
    *,
    limits: Limits,
    uid: int | None,
    bound_memory: bool,
    descriptors: Descriptors,
    kubectl: Path | None,
) -> list[str]:
    """The command that runs `argv` in a sandbox.

    Args:
        argv: of the kernel, with an absolute path first.
        uid: whom to become; None to use a user namespace.
        bound_memory: whether memory is counted for the sandbox as a whole already.
        kubectl: a program to lend.

    Raises:
        RequirementMissing: bubblewrap or setpriv is not installed.
    """
    return [
        _program("bwrap", "bubblewrap"),
        *_isolation(uid),
        *_view(limits, descriptors, kubectl),
        *_environment(),
        *(["--seccomp", str(descriptors.filter)] if descriptors.filter >= 0 else []),
        "--chdir",
        "/",
        "--",
        *(_become(uid) if uid is not None else []),
        os.path.realpath(sys.executable),
        "-I",
        "-S",
        str(Path(__file__).with_name("inside.py")),
        json.dumps(_settings(argv, limits, bound_memory, descriptors.handover)),
    ]


def api_name(server: str) -> str:
    """What the API server is called in a sandbox: by its own name, since some answer to no other, else 127.0.0.1."""
    host = urlsplit(server).hostname or ""
    return host if re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z][a-z0-9.-]*)", host) else _LOOPBACK


def accounts(uid: int | None, server: str = "") -> tuple[str, str, str]:
    """The sandbox's passwd, group and hosts."""
    names = " ".join(each for each in dict.fromkeys(["localhost", "sandbox", api_name(server)]) if each != _LOOPBACK)
    number = _UID_WITH_USER_NAMESPACE if uid is None else uid
    passwd = f"root:x:0:0:root:/:/usr/sbin/nologin\nstudent:x:{number}:{number}:student:{HOME}:/bin/bash\n"
    return passwd, f"root:x:0:\nstudent:x:{number}:\n", f"{_LOOPBACK} {names}\n::1 localhost\n"


def advice(settings: Path = Path("/proc/sys")) -> str:
    """What to do about a sandbox that does not start, by what the kernel says it keeps from ordinary users."""
    refusing = {
        # Ubuntu from 23.10 on: bubblewrap then ends with "setting up uid map: Permission denied".
        "kernel/apparmor_restrict_unprivileged_userns": ("1", "0"),
        "kernel/unprivileged_userns_clone": ("0", "1"),
        "user/max_user_namespaces": ("0", "10000"),
    }
    for name, (refused, allowed) in refusing.items():
        setting = settings / name
        if os.geteuid() != 0 and setting.exists() and setting.read_text().strip() == refused:
            dotted = name.replace("/", ".")
            return f"{dotted} keeps users from sandboxes: as root `sysctl -w {dotted}={allowed}`, or grade as root"
    return "the message is bubblewrap's or Python's; with an old kernel, allow user namespaces"


def _settings(argv: list[str], limits: Limits, bound_memory: bool, handover: int) -> dict[str, object]:
    disk_bytes = limits.disk_mib * 2**20
    rlimits = {
        "RLIMIT_CORE": 0,
        "RLIMIT_CPU": limits.cpu_s,
        "RLIMIT_FSIZE": disk_bytes,
        "RLIMIT_NOFILE": 4096,
        "RLIMIT_NPROC": limits.processes,
    }
    if not bound_memory:
        rlimits["RLIMIT_AS"] = limits.memory_mib * 2**20
    return {
        "argv": argv,
        "handover": handover,
        "home": HOME,
        "port": API_PORT,
        "rlimits": rlimits,
        "sockets": SOCKETS,
    }


def _isolation(uid: int | None) -> list[str]:
    unshared = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
    ends = ["--die-with-parent", "--new-session", "--hostname", "sandbox"]
    if uid is None:
        number = str(_UID_WITH_USER_NAMESPACE)
        return [*unshared, *ends, "--unshare-user", "--disable-userns", "--uid", number, "--gid", number]
    # Only what setpriv needs to become somebody else; it drops the rest with itself.
    kept = ("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP")
    capabilities = [part for capability in kept for part in ("--cap-add", capability)]
    return [*unshared, *ends, "--cap-drop", "ALL", *capabilities]


def _become(uid: int) -> list[str]:
    number = str(uid)
    return [
        _program("setpriv", "util-linux"),
        *("--reuid", number, "--regid", number, "--clear-groups"),
        *("--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"),
        "--",
    ]


def _view(limits: Limits, descriptors: Descriptors, kubectl: Path | None) -> Iterator[str]:
    """Mounts, in the order they are made."""
    for folder in _SYSTEM:
        if os.path.islink(folder):
            yield from ("--symlink", os.readlink(folder), folder)
        elif os.path.isdir(folder):
            yield from ("--ro-bind", folder, folder)
    yield from ("--perms", "0755", "--dir", "/etc")
    for path in _SETTINGS:
        if os.path.exists(path):
            yield from _folders_above(Path(path))
            yield from ("--ro-bind", os.path.realpath(path), path)
    for descriptor, path in (
        (descriptors.accounts, "/etc/passwd"),
        (descriptors.groups, "/etc/group"),
        (descriptors.hosts, "/etc/hosts"),
    ):
        yield from ("--perms", "0444", "--ro-bind-data", str(descriptor), path)
    yield from ("--proc", "/proc", "--dev", "/dev")
    disk_bytes = limits.disk_mib * 2**20
    for folder, size_bytes in (
        ("/dev/shm", disk_bytes),  # noqa: S108 - the sandbox's own
        ("/tmp", disk_bytes),  # noqa: S108
        (HOME, disk_bytes),
        (SOCKETS, 2**20),
    ):
        yield from _folders_above(Path(folder))
        yield from ("--size", str(size_bytes), "--perms", "1777", "--tmpfs", folder)
    for folder in _python_folders():
        yield from _folders_above(Path(folder))
        yield from ("--ro-bind", folder, folder)
    # Under a name of its own as well: the lab's cells import it, however it was found out here.
    yield from _folders_above(Path(PACKAGES, "autograder"))
    yield from ("--ro-bind", _package(), f"{PACKAGES}/autograder")
    if kubectl is not None:
        yield from _folders_above(Path(TOOLS, "kubectl"))
        yield from ("--ro-bind", str(kubectl), f"{TOOLS}/kubectl")
    yield from ("--remount-ro", "/")


def _python_folders() -> list[str]:
    """This environment, the Python it was made from and this package; outermost first.

    The package alone, not the folder it was installed from: beside that lie a course's solutions.
    """
    executable = os.path.dirname(os.path.dirname(os.path.realpath(sys.executable)))
    wanted = sorted({sys.prefix, sys.base_prefix, executable, _package()})
    kept: list[str] = []
    for folder in wanted:
        if not any(_is_below(folder, other) for other in (*_SYSTEM, *kept)):
            kept.append(folder)
    return kept


def _package() -> str:
    return os.path.dirname(os.path.abspath(autograder.__file__))


def _is_below(folder: str, other: str) -> bool:
    return folder == other or folder.startswith(other.rstrip("/") + "/")


def _folders_above(path: Path) -> Iterator[str]:
    """Made first and for all to enter: bubblewrap makes missing ones for their owner alone."""
    for folder in reversed(path.parents[:-1]):
        yield from ("--perms", "0755", "--dir", str(folder))


def _environment() -> Iterator[str]:
    yield "--clearenv"
    for name, value in {
        "HOME": HOME,
        "IPYTHONDIR": f"{SOCKETS}/ipython",
        "JUPYTER_CONFIG_DIR": f"{SOCKETS}/jupyter",
        "JUPYTER_RUNTIME_DIR": SOCKETS,
        "KUBECONFIG": f"{SOCKETS}/kubeconfig",
        "KUBERC": "off",  # a file in the home would change what kubectl does in the lab's own cells
        "LANG": "C.UTF-8",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PATH": f"{TOOLS}:{sys.prefix}/bin:/usr/local/bin:/usr/bin:/bin",
        "PYTHONPATH": PACKAGES,
        "SHELL": "/bin/bash",
        "USER": "student",
        "VIRTUAL_ENV": sys.prefix,
        deadlines.VARIABLE: f"{deadlines.patience():g}",  # the lab's own cells wait in there too
    }.items():
        yield from ("--setenv", name, value)


def _program(name: str, package: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise RequirementMissing(
            f"no program {name}",
            expected=f"{name}, which runs student code apart from everything else",
            next_step=f"apt-get install {package}",
        )
    return found
