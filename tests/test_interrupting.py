"""A Ctrl-C that Python drops is heard all the same."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

DROPS = {
    "a weak reference's callback": """
class Thing: pass
thing = Thing()
reference = weakref.ref(thing, lambda _: signal.raise_signal(signal.SIGINT))
del thing
""",
    "a finalizer": """
class Thing:
    def __del__(self): signal.raise_signal(signal.SIGINT)
thing = Thing()
del thing
""",
    "one after another": """
class Thing: pass
left = [Thing() for _ in range(50)]
kept = [weakref.ref(each, lambda _: signal.raise_signal(signal.SIGINT)) for each in left]
left.clear()
""",
}


def _run(program: str, hears: bool) -> subprocess.CompletedProcess[str]:
    begins = "from autograder.interrupting import hear_every_press\nhear_every_press()\n" if hears else ""
    ends = "\nimport time\nfor _ in range(100): time.sleep(0.02)\nprint('went on to its end')\n"
    return subprocess.run(
        [sys.executable, "-c", f"import signal, weakref\n{begins}{program}{ends}"],
        capture_output=True,
        text=True,
        timeout=60,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


@pytest.mark.parametrize("program", DROPS.values(), ids=DROPS.keys())
def test_a_press_that_python_drops_ends_the_program(program: str) -> None:
    assert "went on to its end" in _run(program, hears=False).stdout, "Python drops nothing here, and nothing is tested"
    done = _run(program, hears=True)
    assert (done.returncode, done.stdout) == (-signal.SIGINT, ""), done.stderr
    assert "KeyboardInterrupt" in done.stderr


def test_whatever_else_is_dropped_is_told_as_before() -> None:
    done = _run("class Thing:\n    def __del__(self): 1 / 0\nthing = Thing()\ndel thing\n", hears=True)
    assert (done.returncode, done.stdout) == (0, "went on to its end\n")
    assert "ZeroDivisionError" in done.stderr
