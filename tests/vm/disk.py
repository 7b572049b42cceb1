"""The disk of a stock Debian 12, with this checkout and what was built for it copied in.

Everything is done as files in a folder, which `mke2fs -d` turns into a file system: nothing is mounted. The
virtual environment is made by Debian's own Python inside the folder, so that what is tried is what Debian ships.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

SUITE = "bookworm"
PYTHON = "3.11.2"
PACKAGES = (
    # What an installed machine has.
    *("linux-image-cloud-amd64", "systemd-sysv", "dbus", "libpam-systemd", "udev", "kmod", "apparmor", "nftables"),
    *("ca-certificates", "git", "make", "procps", "python3"),
    # What `make setup` installs.
    *("containerd", "runc", "containernetworking-plugins", "iptables", "ipset", "conntrack", "iproute2"),
    *("bubblewrap", "util-linux", "mmdebstrap", "python3-venv"),
)
CHECKOUT = "/srv/course"
CACHE = "/var/cache/autograder"
STUDENT_UID = 1000
_BUILD_TOOLS = ("hatchling>=1.25", "editables", "pytest>=8.3,<10", "pytest-timeout>=2.3,<3", "psutil>=6")
_SIZE = "8G"  # of a sparse file
_CACHED = ("programs", "layers", "images.json", "registry")

_UNIT = f"""\
[Unit]
Description=What tests/vm tries
After=multi-user.target

[Service]
Type=oneshot
WorkingDirectory={CHECKOUT}
Environment=HOME=/root AUTOGRADER_CACHE={CACHE} AUTOGRADER_PATIENCE=@PATIENCE@
Environment=PATH={CHECKOUT}/.venv/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
ExecStart={CHECKOUT}/.venv/bin/python -m tests.vm.inside /dev/ttyS1 @STEPS@
ExecStopPost=/usr/bin/systemctl poweroff --force
StandardOutput=tty
StandardError=tty
TTYPath=/dev/ttyS0
"""

# As strict as a machine's firewall usually gets: nothing is forwarded, and nothing comes in that was not asked for.
_FIREWALL = """\
#!/usr/sbin/nft -f
flush ruleset
table inet filter {
  chain input {
    type filter hook input priority filter; policy drop;
    ct state established,related accept
    iif lo accept
    meta l4proto { icmp, ipv6-icmp } accept
  }
  chain forward { type filter hook forward priority filter; policy drop; }
}
"""


@dataclass(frozen=True)
class Disk:
    """What a machine is started from."""

    image: Path
    kernel: Path
    initrd: Path


def make(folder: Path, checkout: Path, cache: Path, *, patience: float, steps: str, say: Callable[[str], None]) -> Disk:
    """A fresh disk. What is in `folder` from an earlier time is used again where it is the same.

    Args:
        checkout: whose tracked files, as they are now, are what is tried.
        cache: with every program and image built.
        steps: of `inside`, with commas between; empty for all.
    """
    root = _root(folder, checkout, say)
    say("disk: copying the checkout and what was built")
    _copy_checkout(checkout, root)
    _copy_cache(cache, root / CACHE.lstrip("/"))
    unit = _UNIT.replace("@PATIENCE@", f"{patience:g}").replace("@STEPS@", steps)
    _settle(root, unit)
    _install(root, "--no-deps", "--no-build-isolation", "--editable", CHECKOUT)
    say("disk: making the file system")
    image = folder / "disk.img"
    image.unlink(missing_ok=True)
    _run("mke2fs", "-q", "-F", "-t", "ext4", "-d", str(root), str(image), _SIZE)
    return Disk(image, *(next((root / "boot").glob(f"{name}-*")) for name in ("vmlinuz", "initrd.img")))


def _root(folder: Path, checkout: Path, say: Callable[[str], None]) -> Path:
    """A root file system with a virtual environment that has all that this package needs."""
    dependencies = tomllib.loads((checkout / "pyproject.toml").read_text())["project"]["dependencies"]
    wanted = [*dependencies, *_BUILD_TOOLS]
    key = hashlib.sha256(repr((SUITE, PACKAGES, wanted)).encode()).hexdigest()[:12]
    root = folder / f"root-{key}"
    if (root / "complete").exists():
        return root
    for other in folder.glob("root-*"):
        shutil.rmtree(other)
    system = folder / f"system-{hashlib.sha256(repr((SUITE, PACKAGES)).encode()).hexdigest()[:12]}.tar"
    if not system.exists():
        say("disk: installing Debian (about two minutes)")
        unfinished = system.with_suffix(".part.tar")
        _run("mmdebstrap", "--quiet", "--variant=apt", f"--include={','.join(PACKAGES)}", SUITE, str(unfinished))
        unfinished.rename(system)
    say("disk: fetching Python packages")
    wheels = folder / "wheels"
    # As its pip would choose them: some releases refuse a Python as old as Debian's.
    version = (f"--python-version={PYTHON}", "--only-binary=:all:", f"--dest={wheels}")
    _run(sys.executable, "-m", "pip", "download", "--quiet", *version, *wanted)
    say("disk: a virtual environment, made by Debian's Python")
    root.mkdir()
    _run("tar", "-xf", str(system), "-C", str(root))
    shutil.copytree(wheels, root / "wheels")
    (root / CHECKOUT.lstrip("/")).mkdir(parents=True)
    _inside(root, "/usr/bin/python3", "-m", "venv", f"{CHECKOUT}/.venv")
    _install(root, *wanted)
    shutil.rmtree(root / "wheels")
    (root / "complete").touch()
    return root


def _install(root: Path, *what: str) -> None:
    pip = (f"{CHECKOUT}/.venv/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    _inside(root, *pip, "--no-index", "--find-links=/wheels", *what)


def _copy_checkout(checkout: Path, root: Path) -> None:
    target = root / CHECKOUT.lstrip("/")
    for old in target.iterdir():
        if old.name != ".venv":
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    listed = _run("git", "-C", str(checkout), "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    for name in filter(None, listed.split("\0")):
        if (checkout / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(checkout / name, target / name)


def _copy_cache(cache: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in _CACHED:
        source = cache / name
        if source.is_dir():
            shutil.copytree(source, target / name, symlinks=True, ignore=shutil.ignore_patterns("*.lock"))
        elif source.exists():
            shutil.copy2(source, target / name)


def _settle(root: Path, unit: str) -> None:
    """What an installer would have asked for, and the unit that tries everything."""
    (root / "etc/hostname").write_text("stock\n")
    (root / "etc/hosts").write_text("127.0.0.1 localhost stock\n::1 localhost\n")
    (root / "etc/fstab").write_text("/dev/vda / ext4 defaults 0 1\n")
    (root / "etc/nftables.conf").write_text(_FIREWALL)
    (root / "etc/systemd/system/trial.service").write_text(unit)
    student = f"student:x:{STUDENT_UID}:{STUDENT_UID}::/home/student:/bin/bash\n"
    passwd, group = root / "etc/passwd", root / "etc/group"
    if student not in passwd.read_text():
        passwd.write_text(passwd.read_text() + student)
        group.write_text(group.read_text() + f"student:x:{STUDENT_UID}:\n")
        (root / "home/student").mkdir(parents=True)
        shutil.chown(root / "home/student", STUDENT_UID, STUDENT_UID)
    # Without it PAM knows nobody of that name, and starts no systemd for them.
    hidden, shadow = "student:!:20000:0:99999:7:::\n", root / "etc/shadow"
    if hidden not in shadow.read_text():
        shadow.write_text(shadow.read_text() + hidden)
    (root / "var/lib/systemd/linger").mkdir(parents=True, exist_ok=True)
    (root / "var/lib/systemd/linger/student").touch()  # a user manager without a session
    wants = root / "etc/systemd/system/multi-user.target.wants"
    for name, source in _enabled():
        link = wants / name
        link.unlink(missing_ok=True)
        link.symlink_to(source)
    for name in ("serial-getty@ttyS0.service", "apt-daily.timer", "apt-daily-upgrade.timer"):
        masked = root / "etc/systemd/system" / name
        masked.unlink(missing_ok=True)
        masked.symlink_to("/dev/null")


def _enabled() -> Iterator[tuple[str, str]]:
    yield "nftables.service", "/lib/systemd/system/nftables.service"
    yield "trial.service", "/etc/systemd/system/trial.service"


def _inside(root: Path, *argv: str) -> str:
    return _run("chroot", str(root), "/usr/bin/env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", *argv)


def _run(*argv: str) -> str:
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    if done.returncode:
        said = textwrap.indent((done.stderr or done.stdout).strip()[-2000:], "  ")
        raise SystemExit(f"test-vm: {' '.join(argv[:4])} … ended with {done.returncode}:\n{said}")
    return done.stdout
