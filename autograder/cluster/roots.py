"""What is done to a root file system while an image is built: Debian packages, Python packages, files,
commands.

Each function changes the tree it is given and nothing else on the machine, needs no root beyond what
`mmdebstrap` and `bwrap` need, and leaves the same bytes for the same input. Which of them are called in
which order, and what becomes a layer, is `images`' business.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from autograder.cluster import scratch
from autograder.deadlines import scaled
from autograder.errors import BuildFailed, RequirementMissing

_DEBIAN_MIRROR = "http://deb.debian.org/debian"
_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
_COMMAND_TIMEOUT_S = 900


def architecture() -> str:
    """This machine's architecture as container images name it (which is Debian's way too)."""
    machine = platform.machine()
    return _ARCHITECTURES.get(machine, machine)


def unpack(archive: Path, tree: Path) -> None:
    """Unpacks a tar, whoever runs this owning the files; devices stay out."""
    command = ["tar", "--extract", "--no-same-owner", "--preserve-permissions", "--exclude=./dev/*"]
    _run([*command, f"--file={archive}", f"--directory={tree}"], f"unpacking {archive.name}")


def add_debian_packages(tree: Path, suite: str, packages: Sequence[str], prune: Sequence[str]) -> None:
    """Unpacks Debian packages and all they depend on, without running their scripts.

    Args:
        tree: an empty directory.
        suite: `bookworm`.
        packages: names, as for `apt-get install`.
        prune: patterns of what to leave out, relative to the tree.
    """
    _require("mmdebstrap", "mmdebstrap")
    with scratch.folder("debian") as folder:
        archive = folder / "root.tar"
        command = ["mmdebstrap", "--quiet", "--variant=extract", f"--include={','.join(packages)}"]
        # Nothing is run in what is unpacked, so nothing needs to be root; as root, mmdebstrap refuses that mode.
        command += ["--mode=chrootless"] if os.geteuid() else []
        command += [f"--aptopt={line}" for line in _apt_proxies()]
        # What it unpacks lies in our folder too, and so goes with it.
        _run([*command, suite, str(archive), _mirror()], f"unpacking Debian {suite} packages", TMPDIR=str(folder))
        unpack(archive, tree)
    for name in ("dev", "proc", "sys", "run", "tmp"):
        shutil.rmtree(tree / name, ignore_errors=True)
        (tree / name).mkdir()
    (tree / "tmp").chmod(0o1777)
    remove(tree, prune)


def add_python_packages(tree: Path, requirements: Path, prune: Sequence[str]) -> None:
    """Unpacks the pinned wheels of a requirements file for the Python that is in the tree."""
    version = python_version(tree)
    target = tree / "usr/local/lib" / f"python{version}" / "dist-packages"
    target.mkdir(parents=True, exist_ok=True)
    machine = platform.machine()
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--no-compile", "--only-binary=:all:", "--root-user-action=ignore"]
    command += ["--implementation=cp", f"--python-version={version}", f"--abi=cp{version.replace('.', '')}"]
    # Debian 12 has glibc 2.36: every manylinux up to there runs.
    command += [f"--platform=manylinux_2_{minor}_{machine}" for minor in (36, 34, 31, 28, 27, 17)]
    command += [f"--platform=manylinux2014_{machine}", f"--target={target}", f"--requirement={requirements}"]
    _run(command, f"unpacking the Python packages of {requirements}")
    remove(target, prune)
    compile_python(tree, [f"/{target.relative_to(tree)}"])


def python_version(tree: Path) -> str:
    """`3.11`, of the Python in the tree."""
    link = tree / "usr/bin/python3"
    match = re.fullmatch(r"python(3\.\d+)", os.readlink(link)) if link.is_symlink() else None
    if match is None:
        raise BuildFailed(f"no Python in {tree}", expected="the Debian package python3 among the image's packages")
    return match[1]


def compile_python(tree: Path, folders: Iterable[str]) -> None:
    """Compiles Python sources to byte code that is never checked against them again.

    Debian does this in a script that is not run here; without it every start of a Pod would compile what it
    imports.
    """
    command = ["python3", "-m", "compileall", "-q", "-j1", "--invalidation-mode=unchecked-hash", *folders]
    run_inside(tree, command)


def copy(tree: Path, source: Path, destination: str) -> None:
    """Copies a file or a folder to an absolute path in the tree."""
    target = tree / destination.lstrip("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copyfile(source, target)
        target.chmod(0o755 if os.access(source, os.X_OK) else 0o644)


def remove(tree: Path, patterns: Iterable[str]) -> None:
    """Removes whatever matches, folders with all that is in them."""
    for pattern in patterns:
        for path in sorted(tree.glob(pattern)):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


def run_inside(tree: Path, command: Sequence[str]) -> None:
    """Runs a command with the tree as its root, no network and nothing else of this machine in sight."""
    _require("bwrap", "bubblewrap")
    enclosure = ["bwrap", "--unshare-all", "--die-with-parent", "--clearenv", "--bind", str(tree), "/"]
    for option, place in (("--dev", "/dev"), ("--proc", "/proc"), ("--tmpfs", "/tmp"), ("--chdir", "/")):  # noqa: S108
        enclosure += [option, place]
    fixed = {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": "/tmp",  # noqa: S108 - a file system of its own, inside
        # What a dictionary or a thread pool decides by chance must not end up in an image.
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    for name, value in fixed.items():
        enclosure += ["--setenv", name, value]
    _run([*enclosure, *command], f"`{' '.join(command[:3])} …` inside the image")


def _require(program: str, package: str) -> None:
    if shutil.which(program) is None:
        raise RequirementMissing(
            f"no `{program}`", expected="it on PATH, to build container images", next_step=f"apt-get install {package}"
        )


def _run(command: Sequence[str], what: str, **environment: str) -> None:
    """Raises BuildFailed with the last lines the command printed."""
    timeout_s = scaled(_COMMAND_TIMEOUT_S)
    try:
        done = subprocess.run(
            command,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=timeout_s,
            check=False,
            preexec_fn=scratch.end_with_parent,
        )
    except subprocess.TimeoutExpired as error:
        raise BuildFailed(f"{what} took longer than {timeout_s:.0f} s") from error
    if done.returncode != 0:
        last_lines = " | ".join(done.stdout.strip().splitlines()[-8:])
        raise BuildFailed(f"{what} ended with {done.returncode}: {last_lines}")


def _mirror() -> str:
    """The Debian mirror this machine already uses, so that a class-room's own is used too; else the public
    one."""
    listed = Path("/etc/apt/sources.list")
    for source in [*sorted(Path("/etc/apt/sources.list.d").glob("*")), listed]:
        if source.suffix not in (".list", ".sources") or not source.is_file():
            continue
        for line in source.read_text(errors="replace").splitlines():
            if match := re.match(r"(?:URIs:|deb\s+(?:\[[^]]*\]\s+)?)\s*(https?://\S+/debian)/?(?:\s|$)", line):
                return match[1]
    return _DEBIAN_MIRROR


def _apt_proxies() -> list[str]:
    """This machine's apt proxies, as lines of apt's configuration."""
    if shutil.which("apt-config") is None:
        return []
    dumped = subprocess.run(["apt-config", "dump", "Acquire"], capture_output=True, text=True, check=False).stdout
    return [
        line for line in dumped.splitlines() if re.match(r'Acquire::\w+::[\w:-]*Proxy\S* ".+"', line, re.IGNORECASE)
    ]
