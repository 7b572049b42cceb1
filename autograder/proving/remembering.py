"""What came of a proof, as JSON: for other programs, and kept under `.proof/` for the next proof of the same lab.

What is kept says how long each answer took and whether it held. A proof of some answers replaces what is known of
those and leaves the others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.cluster.remembering import read_record
from autograder.cluster.remembering import write as put
from autograder.errors import GradingError
from autograder.grading.verdicts import Verdict
from autograder.proving.answers import Answer
from autograder.proving.outcomes import Proof, Run

FOLDER = ".proof"
"""In the course's; nobody misses it."""


def as_json(proofs: Sequence[Proof]) -> dict[str, Any]:
    """Everything that a reader can ask of some proofs."""
    return {
        "proved_at": _now(),
        "passed": all(each.passed for each in proofs),
        "reworded": any(each.reworded for each in proofs),
        "labs": [
            {
                "lab": proof.lab,
                "passed": proof.passed,
                "reworded": [run.answer.label for run in proof.reworded],
                "answers": [{**_answer(run), "lost": [_lost(each) for each in run.losses]} for run in proof.runs],
                "not_run": [each.label for each in proof.not_run],
                "named_by_no_wrong_answer": list(proof.unnamed),
            }
            for proof in proofs
        ],
    }


def write(path: Path, content: Mapping[str, Any]) -> None:
    """Write JSON for other programs, into a folder that is made.

    Raises:
        GradingError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        put(path, json.dumps(content, indent=1, ensure_ascii=False) + "\n", mode=0o644)
    except OSError as error:
        raise GradingError(f"{path} cannot be written: {error.strerror}", next_step="name another file") from error


def keep(root: Path, proof: Proof, answers: Iterable[Answer]) -> None:
    """Keep what came of the answers that were run; of the others that the lab still has, what was known stays.

    Those that were to be run and were not have not held, whatever came of them before.

    Raises:
        GradingError: it cannot be written.
    """
    there = {each.label for each in answers}
    known = {label: kept for label, kept in last(root, proof.lab).items() if label in there}
    for answer in proof.not_run:
        known[answer.label] = {**known.get(answer.label, {}), "standing": "not run"}
    new = {run.answer.label: {**_answer(run), "proved_at": _now()} for run in proof.runs}
    write(_file(root, proof.lab), {"lab": proof.lab, "answers": {**known, **new}})


def last(root: Path, lab: str) -> dict[str, dict[str, Any]]:
    """What was kept of a lab's answers, by label like wrong/selector_typo; nothing where there is nothing whole."""
    answers = read_record(_file(root, lab)).get("answers")
    return {k: v for k, v in answers.items() if isinstance(v, dict)} if isinstance(answers, dict) else {}


def usual_s(root: Path, labs: Iterable[str]) -> dict[tuple[str, str], float]:
    """Seconds by lab and answer, of those that were run before."""
    return {
        (lab, label): float(kept["seconds"])
        for lab in labs
        for label, kept in last(root, lab).items()
        if isinstance(kept.get("seconds"), int | float) and kept["seconds"] > 0
    }


def held(root: Path, lab: str, answer: Answer) -> bool:
    """Whether the answer held when it was run the last time."""
    return bool(last(root, lab).get(answer.label, {}).get("standing") == "held")


def _answer(run: Run) -> dict[str, Any]:
    graded = bool(run.verdicts) and not run.outage
    return {
        "answer": run.answer.label,
        "kind": run.answer.kind,
        "says": run.answer.says,
        "standing": run.standing,
        "expected": run.expected_score,
        "got": run.score if graded else None,
        "max": run.max_score,
        "seconds": round(run.seconds, 1),
        "attempts": run.attempts,
        "surprises": list(run.surprises),
        "other_words": run.other_words,
        "outage": run.outage,
        "unfit": run.answer.unfit,
    }


def _lost(verdict: Verdict) -> dict[str, Any]:
    """All that is said about a criterion, nothing of it put aside."""
    return {
        "sentence": verdict.sentence,
        "state": verdict.state,
        "hidden": verdict.hidden,
        "message": verdict.message,
        "expected": verdict.expected,
        "found": verdict.found,
        "next_step": verdict.next_step,
    }


def _file(root: Path, lab: str) -> Path:
    return root / FOLDER / f"{lab}.json"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
