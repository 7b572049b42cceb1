"""HTTP to servers that answer well, badly, never, or as if they were the API server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from checks.conftest import SERVER, Playground

from autograder import lab
from autograder.checks.criteria import Verdict
from autograder.checks.evidence import EXHIBIT_BYTES
from autograder.checks.requests import REPLY_LIMIT_BYTES

pytestmark = [pytest.mark.live, pytest.mark.usefixtures("looking_at", "a_quiet_machine")]
Run = Callable[[Callable[[], Any]], Verdict]


@pytest.fixture(scope="module", autouse=True)
def odd(playground: Playground) -> None:
    playground.pod("odd", ["python3", "-u", "-c", SERVER], ready="/who", ports=[{"containerPort": 8080}])
    playground.service("odd", {"app": "odd"})
    playground.service("named", {"app": "odd"}, name="web")
    playground.service("bad-port", {"app": "odd"}, targetPort=9999)
    playground.service("empty", {"app": "nobody"})


def test_a_service_and_a_pod_answer() -> None:
    for target in ("service/odd", "service/named", "pod/odd", lab.wait("pod/odd", ready=True)):
        reply = lab.get(target, "/who", params={"a": "b c"})
        assert (reply.status, reply["pod"]) == (200, "odd")
        assert reply["path"] in ("/who?a=b+c", "/who?a=b%20c")


def test_json_is_sent_and_read() -> None:
    reply = lab.post("service/odd", "/predict", json={"text": "grüße"})
    assert reply["got"] == {"text": "grüße"}
    assert reply["type"] == "application/json"


def test_the_accounts_token_does_not_reach_the_students_server() -> None:
    assert "authorization" not in lab.get("service/odd", "/who")["headers"]


def test_any_status_may_be_expected() -> None:
    assert lab.get("service/odd", "/nowhere").status == 404


def test_a_redirect_is_not_followed() -> None:
    assert lab.get("service/odd", "/elsewhere").status == 302


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/broken", "500"),
        ("/missing", "404"),
        ("/nested", "in JSON"),
        ("/zipped", "in JSON"),
        ("/loading", "503"),
        ("/outage", "etcd is down"),
        ("/nobody", "no endpoints available"),
        ("/forbidden", "403"),
        ("/unauthorized", "401"),
        ("/cut", "no whole answer"),
        ("/huge", "in JSON"),
    ],
)
def test_whatever_a_server_answers_it_is_the_servers_and_quoted(verdict_of: Run, path: str, said: str) -> None:
    verdict = verdict_of(lambda: lab.get("service/odd", path, patience_s=1)["label"])
    assert verdict.state == "failed"
    assert said in verdict.message
    assert all(len(exhibit.text.encode()) <= EXHIBIT_BYTES + 20 for exhibit in verdict.evidence)


@pytest.mark.parametrize("path", ["/hang", "/drip"])
def test_a_server_that_does_not_finish_fails_in_bounded_time(verdict_of: Run, path: str) -> None:
    verdict = verdict_of(lambda: lab.get("service/odd", path, timeout_s=2, patience_s=1))
    assert (verdict.state, verdict.seconds < 8) == ("failed", True)
    assert "no whole answer" in verdict.found


def test_a_body_without_end_is_read_to_a_limit() -> None:
    assert len(lab.get("service/odd", "/huge").text) == REPLY_LIMIT_BYTES


def test_a_missing_key_shows_what_was_answered_instead(verdict_of: Run) -> None:
    verdict = verdict_of(lambda: lab.get("service/odd", "/who")["label"])
    assert (verdict.state, "HOSTNAME" in verdict.found or "odd" in verdict.found) == ("failed", True)
    assert '"label"' in verdict.expected


def test_a_wrong_target_port_fails_with_what_the_proxy_met(verdict_of: Run) -> None:
    verdict = verdict_of(lambda: lab.get("service/bad-port", "/who", patience_s=3))
    assert verdict.state == "failed"
    assert "connection refused" in verdict.found


def test_nothing_behind_a_service_fails_before_the_deadline(verdict_of: Run) -> None:
    verdict = verdict_of(lambda: lab.get("service/empty", "/who"))
    assert (verdict.state, verdict.seconds < 8) == ("failed", True)
    assert "app=nobody" in verdict.found


def test_no_such_service_fails(verdict_of: Run) -> None:
    verdict = verdict_of(lambda: lab.get("service/sentiment"))
    assert (verdict.state, "`odd`" in verdict.found) == ("failed", True)


def test_a_server_that_is_still_starting_is_waited_for(playground: Playground, verdict_of: Run) -> None:
    slow = "import time; time.sleep(4)\n" + SERVER
    playground.pod("slow", ["python3", "-u", "-c", slow], ready="/who")
    playground.service("slow", {"app": "slow"})
    verdict = verdict_of(lambda: lab.expect(lab.get("service/slow", "/who")["pod"], equal="slow"))
    assert verdict.state == "passed"


def test_what_a_pod_wrote_is_kept_as_evidence_when_its_answer_is_wrong(verdict_of: Run) -> None:
    verdict = verdict_of(lambda: lab.get("service/odd", "/broken")["label"])
    kinds = {exhibit.kind: exhibit.text for exhibit in verdict.evidence}
    assert "model.joblib not found" in kinds["reply"]
    assert "GET /broken" in kinds["log"]
