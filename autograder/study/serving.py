"""One JupyterLab for one lab, from its start to its end.

It is a process of its own, away from the terminal's Ctrl-C, and never outlives the one that started it. Where it
listens and with which token it says itself, in a file that it writes once it does.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode, urljoin

import httpx

from autograder.cluster import locking, remembering
from autograder.cluster.scratch import end_with_parent, orderly_end
from autograder.deadlines import scaled
from autograder.errors import StudyError
from autograder.study.desks import Desk, closed
from autograder.workspace.requesting import poll

FIRST_PORT = 8888
"""Jupyter's own; the next that is free where it is taken."""
_EXTENSIONS = Path(__file__).parent / "labextensions"
"""What we change of JupyterLab's page."""
_PORTS_TRIED = 50
_COMES_UP_S = 60.0
_GOES_DOWN_S = 15.0
_LAST_WORDS = 12
"""Lines of its log that are shown where it did not come up."""


@dataclass(frozen=True)
class Place:
    """Where a JupyterLab is to be found."""

    base: str
    """URL of the server, with a slash at its end."""
    port: int
    token: str
    """Whoever has it may do there what the learner may."""
    opens: str
    """The notebook it opens with."""

    @property
    def url(self) -> str:
        """For a browser."""
        query = f"?{urlencode({'token': self.token})}" if self.token else ""
        return urljoin(self.base, f"lab/tree/{quote(self.opens)}{query}")


@dataclass(frozen=True)
class Served:
    """A JupyterLab of ours that answers."""

    place: Place
    process: subprocess.Popen[bytes]
    log: Path
    """All that it says."""

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait for its end; whether it came in time."""
        try:
            self.process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return False
        return True


@contextmanager
def turn(desk: Desk) -> Iterator[bool]:
    """Whether nobody else has this lab open, who would change the same files; kept to the end of the block."""
    with locking.held_now(closed(desk.ours) / "open.lock") as free:
        yield free


def running(desk: Desk) -> Place | None:
    """Where the JupyterLab is that has this lab open, as far as it says so by now."""
    for path in sorted(_runtime(desk).glob("jpserver-*.json")):
        if place := _said(path, desk):
            return place
    return None


@contextmanager
def served(
    desk: Desk, environment: Mapping[str, str], *, port: int | None = None, browser: bool = False
) -> Iterator[Served]:
    """A JupyterLab over the learner's folder that answers, for as long as the block runs.

    Args:
        environment: of the server, its kernels and its terminals.
        port: the one to listen on; None for the first that is free.
        browser: whether it opens a browser.

    Raises:
        StudyError: it did not come up.
    """
    shutil.rmtree(_runtime(desk), ignore_errors=True)  # of one that was killed
    log = desk.ours / "jupyterlab.log"
    with open(log, "wb") as said, orderly_end():
        process = subprocess.Popen(
            _command(desk, port, browser),
            cwd=desk.work,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )
        try:
            yield Served(_come_up(desk, process, log), process, log)
        finally:
            _end(process)


def _command(desk: Desk, port: int | None, browser: bool) -> list[str]:
    options = {
        "ServerApp.root_dir": desk.work,
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port or FIRST_PORT,
        "ServerApp.port_retries": 0 if port else _PORTS_TRIED,
        "ServerApp.open_browser": browser,
        "LabApp.default_url": f"/lab/tree/{quote(desk.notebook.name)}",
        "LabApp.extra_labextensions_path": _EXTENSIONS,
    }
    return [sys.executable, "-m", "jupyterlab", *(f"--{name}={value}" for name, value in options.items())]


def _come_up(desk: Desk, process: subprocess.Popen[bytes], log: Path) -> Place:
    said = _runtime(desk) / f"jpserver-{process.pid}.json"
    found: list[Place] = []

    def answers() -> bool:
        if process.poll() is not None:
            return True
        if place := _said(said, desk):
            found[:] = [place] if _is_well(place) else []
        return bool(found)

    poll(answers, deadline=time.monotonic() + scaled(_COMES_UP_S))
    if found:
        return found[0]
    ended = f"ended with {process.poll()}" if process.poll() is not None else f"does not answer in {_COMES_UP_S:g} s"
    words = log.read_text(errors="replace").splitlines()[-_LAST_WORDS:]
    raise StudyError(
        f"JupyterLab {ended}:\n" + "\n".join(words),
        expected="it to answer on this machine",
        next_step=f"name a free port with --port where that is what it lacks; all that it said is in {log}",
    )


def _said(path: Path, desk: Desk) -> Place | None:
    """What Jupyter wrote about itself."""
    record = remembering.read_record(path)
    try:
        return Place(str(record["url"]), int(record["port"]), str(record["token"]), desk.notebook.name)
    except (KeyError, TypeError, ValueError):
        return None


def _is_well(place: Place) -> bool:
    headers = {"Authorization": f"token {place.token}"}
    try:
        answer = httpx.get(urljoin(place.base, "api/status"), headers=headers, timeout=scaled(5), trust_env=False)
    except httpx.HTTPError:
        return False
    return answer.status_code == httpx.codes.OK


def _end(process: subprocess.Popen[bytes]) -> None:
    """Its kernels and terminals end with it; what is saved is saved."""
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(scaled(_GOES_DOWN_S))
    process.kill()
    process.wait()


def _runtime(desk: Desk) -> Path:
    return desk.ours / "jupyter" / "runtime"
