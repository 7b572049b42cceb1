"""Programs that run in a Pod of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from checks.conftest import SERVER, Playground

from autograder import lab
from autograder.checks.api import Api
from autograder.checks.criteria import Verdict

pytestmark = [pytest.mark.live, pytest.mark.usefixtures("looking_at")]
Run = Callable[[Callable[[], Any]], Verdict]


def test_a_program_is_run_beside_the_students_namespace_and_removed(looking_at: Api) -> None:
    assert lab.probe("print(6 * 7)") == "42\n"
    place = looking_at.place.grader_namespace
    lab.until(lambda: not lab.objects("pods", namespace=place), timeout_s=20)


def test_a_service_is_reached_by_its_name(playground: Playground) -> None:
    playground.pod("odd", ["python3", "-u", "-c", SERVER], ready="/who")
    playground.service("odd", {"app": "odd"})
    lab.wait("service/odd", ready=1)
    said = lab.probe(f"""
import json, urllib.request
print(json.load(urllib.request.urlopen("http://odd.{playground.namespace}/who", timeout=5))["pod"])
""")
    assert said.strip() == "odd"


def test_a_program_that_is_not_python_is_not_held_against_the_work(verdict_of: Run) -> None:
    assert verdict_of(lambda: lab.probe("print(")).state == "unchecked"


def test_an_argv_is_run_without_a_shell() -> None:
    assert lab.probe(["printf", "%s", "$HOME;ls"]) == "$HOME;ls"


def test_a_program_that_fails_fails_the_criterion_and_is_quoted(verdict_of: Run) -> None:
    verdict = verdict_of(lambda: lab.probe("raise ValueError('no route')", patience_s=0))
    assert verdict.state == "failed"
    assert "ValueError: no route" in verdict.found
    assert any(exhibit.kind == "output" for exhibit in verdict.evidence)


def test_a_program_that_fails_at_first_is_started_again() -> None:
    said = lab.probe("""
        import os, sys
        if not os.path.exists("/tmp/been-here"):
            open("/tmp/been-here", "w").close()
            sys.exit(1)
        print("now")
    """)
    assert said == "now\n"


@pytest.mark.usefixtures("a_quiet_machine")
def test_a_program_that_does_not_end_fails_in_bounded_time(verdict_of: Run) -> None:
    verdict = verdict_of(lambda: lab.probe("import time; time.sleep(600)", timeout_s=3))
    assert (verdict.state, verdict.seconds < 30) == ("failed", True)
    assert "did not end" in verdict.found


def test_a_probe_has_neither_root_nor_a_token() -> None:
    said = lab.probe("import os; print(os.getuid(), os.path.exists('/var/run/secrets/kubernetes.io'))")
    assert said.split() == ["1000", "False"]


def test_on_a_slow_machine_a_program_has_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOGRADER_PATIENCE", "4")
    assert lab.probe("import time; time.sleep(5); print('there')", timeout_s=3) == "there\n"
