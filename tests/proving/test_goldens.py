"""What wrong answers are told is compared with what is on file, apart from what they get."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from grading import small_lab
from proving.conftest import GOLDENS, GradedAs, Small, as_claimed, prove

from autograder.errors import GradingError
from autograder.grading.verdicts import Verdict
from autograder.proving import goldens
from autograder.proving.goldens import Message, differences, message_of, read, written
from autograder.proving.masking import masked

pytestmark = pytest.mark.usefixtures("no_cluster")
NO_PORT = Message("it answers", False, "an answer", "no port 80", "kubectl get services")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Pod `sentiment-7d9c5b7f4d-x2m8q` is not ready", "Pod `sentiment-‹pod›` is not ready"),
        ("job `train-x2m8q`", "job `train-‹pod›`"),
        ("ReplicaSet `sentiment-7d9c5b7f4d`", "ReplicaSet `sentiment-‹hash›`"),
        ("in lab02-wrong-no-service-7fxc24bd", "in ‹namespace›"),
        ("in lab06-wrong-x-xxxxxxxx-neighbour: no", "in ‹namespace›-neighbour: no"),
        ("http://10.244.0.17:8080/", "http://‹address›:8080/"),
        ("uid 0f8fad5b-d9cb-469f-a165-70867728950e", "uid ‹uid›"),
        ("back-off 40s restarting", "back-off ‹time› restarting"),
        ("within 1.5 seconds", "within ‹time›"),
        ("ended 3 times", "ended ‹n› times"),
        ("label for “What a bad film, poor and awful, I hate it.” to be", "label for “‹a sentence›” to be"),
        ("back-off 1m20s restarting", "back-off ‹time› restarting"),
        (
            "container=a pod=digest-7d9c5b7f4d-x2m8q_lab01-wrong-a-7fxc24bd(0f8fad5b-d9cb-469f-a165-70867728950e)",
            "container=a pod=digest-‹pod›_‹namespace›(‹uid›)",
        ),
        ("image `localhost:31999/sentiment:2`", "image `‹images›/sentiment:2`"),
        ("of probe-0a1b2c3d", "of probe-‹made up›"),
        (
            "35 of 400 requests to http://triage.x/ were lost: 23 × RemoteDisconnected, 1 × TimeoutError; who answers",
            "‹n› of ‹n› requests to http://triage.x/ were lost: ‹how›; who answers",
        ),
        ('serves the run "fd665c361332", and', "serves the run ‹run›, and"),
        (
            "for “fan warm on” another Pod is told a score of -0.1250",
            "for “‹a report›” another Pod is told a score of ‹score›",
        ),
        ("two\n  lines", "two lines"),
    ],
)
def test_what_changes_from_run_to_run_is_put_aside(said: str, kept: str) -> None:
    assert masked(said) == kept
    assert masked(kept) == kept


@pytest.mark.parametrize(
    "said",
    [
        "Deployment `sentiment` keeps 1 of 2 Pods ready",
        "kubectl get pods --show-labels; see rolebinding/notebook-reads-logs",
        "port 8317, team-search, `ranker2`, sentiment-service, digest-of-the-day, lab02-serve-a-model, lab-first",
        "“no such host” (event Failed)",
        "the label to be “positive”",
        "400 requests to http://x/ were answered, a threshold of 1.5, for “positive” alone, it lost 3 × 2",
        "memory limit of 64Mi, 500m of a processor, 9300, http://localhost:8080/predict",
    ],
)
def test_and_nothing_else_is(said: str) -> None:
    assert masked(said) == said


def test_a_message_is_what_a_student_reads_of_the_criterion() -> None:
    verdict = Verdict(
        "it answers", 2, "failed", "expected an answer; …", "an answer", "no port 80", "kubectl get services"
    )
    assert message_of(verdict) == NO_PORT
    alone = message_of(Verdict("it answers", 2, "failed", "this does not hold"))
    assert (alone.found, alone.expected, alone.next_step) == ("this does not hold", "", "")


def test_what_is_written_is_read_back_and_one_of_several_messages_is_enough(tmp_path: Path) -> None:
    other = Message("it answers", True, "", "nothing | `listens`", "")
    text = written("lab00", {"b": [NO_PORT, other], "a": [NO_PORT]})
    assert text.index("\na\n") < text.index("\nb\n")
    assert read(tmp_path / "messages.txt") == {}
    (tmp_path / "messages.txt").write_text(text)
    on_file = read(tmp_path / "messages.txt")
    assert on_file == {"a": (NO_PORT,), "b": (NO_PORT, other)}
    assert differences(other, on_file["b"]) == ""
    assert "hidden: nothing, now “it answers”" in differences(other, on_file["a"])
    assert "found: “no port 80”, now “nothing | `listens`”" in differences(other, on_file["a"])
    assert "next step: “kubectl get services”, now nothing" in differences(other, on_file["a"])
    assert "on file yet" in differences(other, ())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\n  found  x\n", 4),  # of no criterion; noticed where it ends
        ("a\n  criterion  x\n  hidden  y\n", 5),
        ("a\n  criterion  x\n  because  y\n", 3),
        ("a\n  criterion  x\n  criterion  y\n", 3),
        ("  criterion  x\n", 1),
        ("a\n  criterion  x\nb\n  criterion  x\na\n  criterion  x\n", 5),
        ("a\n  or\n", 2),
    ],
)
def test_a_file_that_cannot_be_read_says_where(text: str, line: int, tmp_path: Path) -> None:
    (tmp_path / "messages.txt").write_text(text)
    with pytest.raises(GradingError, match=f"messages.txt, line {line}:"):
        read(tmp_path / "messages.txt")


def messages_file(course: Path) -> Path:
    return course / "tests" / "answers" / small_lab.LAB / goldens.FILE_NAME


def reword(course: Path, old: str, new: str) -> str:
    path = messages_file(course)
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    return path.read_text()


def test_other_words_are_told_apart_from_other_points(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    graded_as: GradedAs,
    small_answers: Small,
    course: Path,
    tmp_path: Path,
) -> None:
    graded_as(*small_answers, as_claimed)
    before = reword(course, "a ConfigMap of nearly that name", "nothing").replace("something else", "nothing at all")
    messages_file(course).write_text(before)
    code, said, noted = prove(monkeypatch, capsys, "--json", str(tmp_path / "proof.json"))
    assert code == 4
    assert "every answer got what it must" in said
    assert "4 got what they must, and were told something else than is on file" in noted
    assert "found: “nothing at all”, now “something else”" in noted
    proof = json.loads((tmp_path / "proof.json").read_text())
    assert (proof["passed"], proof["reworded"]) == (True, True)
    one = next(each for each in proof["labs"][0]["answers"] if each["answer"] == "wrong/size")
    assert one["standing"] == "reworded"
    assert one["lost"][0]["found"] == "something else"
    assert messages_file(course).read_text() == before, "nothing is written where nobody asked for it"
    graded_as(*small_answers, as_claimed)
    _, _, noted = prove(monkeypatch, capsys, "--rerun-failed")
    assert "4 of 4" in noted


def test_other_points_are_what_the_exit_code_says_first(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    graded_as: GradedAs,
    small_answers: Small,
    course: Path,
) -> None:
    graded_as(*small_answers, lambda answer, each: "passed" if answer.name == "size" else as_claimed(answer, each))
    reword(course, "something else", "nothing at all")
    code, _, noted = prove(monkeypatch, capsys)
    assert code == 1
    assert "not every answer got what it must" in noted
    assert "were told something else than is on file" in noted


def test_the_messages_are_written_where_that_is_wanted_and_what_changed_is_said(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    graded_as: GradedAs,
    small_answers: Small,
    course: Path,
) -> None:
    graded_as(*small_answers, lambda answer, each: "passed" if answer.name == "size" else as_claimed(answer, each))
    old = GOLDENS.replace("\nno_more\n", "\ngone\n").replace("something else", "nothing at all", 1)
    messages_file(course).write_text(old)
    code, said, _ = prove(monkeypatch, capsys, "--update-goldens")
    assert code == 1, "an answer that keeps what it must lose is one"
    assert "gone: left out, no answer is called so" in said
    assert "no_more: new" in said
    assert "colour: found: “nothing at all”, now “something else”" in said
    now = read(messages_file(course))
    assert sorted(now) == ["colour", "misnamed", "no_more", "size"]
    assert now["colour"][0].found == now["no_more"][0].found == "something else"
    assert len(now["misnamed"]) == 2, "one of several is no reason to drop the others"
    graded_as(*small_answers, as_claimed)
    code, said, _ = prove(monkeypatch, capsys, "--update-goldens")
    assert code == 0
    assert "what answers are told is what is on file" in said


def test_an_answer_without_a_message_on_file_is_said_so(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    graded_as: GradedAs,
    small_answers: Small,
    course: Path,
) -> None:
    graded_as(*small_answers, as_claimed)
    path = messages_file(course)
    path.write_text(written(small_lab.LAB, {name: told for name, told in read(path).items() if name != "no_more"}))
    code, _, noted = prove(monkeypatch, capsys)
    assert code == 4
    assert noted.count("no message of it is on file yet") == 1


def test_a_lab_that_keeps_no_messages_holds_and_is_told_how_to_begin(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    graded_as: GradedAs,
    small_answers: Small,
    course: Path,
) -> None:
    graded_as(*small_answers, as_claimed)
    path = messages_file(course)
    whole = read(path)
    path.unlink()
    code, _, noted = prove(monkeypatch, capsys)
    assert code == 0
    assert f"what wrong answers are told is not on file: {small_lab.LAB}" in noted
    code, said, _ = prove(monkeypatch, capsys, "--update-goldens")
    assert code == 0
    assert said.count(": new") == 4
    assert read(path).keys() == whole.keys()
