"""A made-up class's evidence, as grading writes it: every verdict, a hostile student, one without a grade."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

LAB = "lab02-serve-a-model"
SCRIPT = "<script>alert('mine')</script>"

CRITERIA = [
    ("serving", "Deployment `sentiment` keeps two replicas ready", 2.0, False),
    ("serving", "Service `sentiment` has both Pods behind it", 2.0, False),
    ("serving", "the Service answers for a sentence it has never seen", 2.0, False),
    ("labels", "every Pod carries the label `team: ml`", 1.0, False),
    ("labels", "the Pods belong to the Deployment", 1.0, False),
    ("surviving", "a Pod that dies is replaced and traffic goes on", 1.0, True),
    ("surviving", "positive and negative sentences get different labels", 1.0, True),
]

FAILED = {
    "state": "failed",
    "message": "the Service has no endpoints: its selector is app=sentimant, and no Pod carries it",
    "expected": "two ready endpoints behind Service `sentiment`",
    "found": "none: its selector is `app=sentimant`, and no Pod in the namespace carries that label",
    "next_step": "compare `kubectl get service sentiment -o wide` with `kubectl get pods --show-labels`",
    "evidence": [
        {
            "kind": "Service",
            "name": "sentiment",
            "text": "spec:\n  selector:\n    app: sentimant\n  ports:\n  - port: 80\n    targetPort: 8080",
        },
        {"kind": "events", "name": "sentiment", "text": "2m  Normal  ScalingReplicaSet  Scaled up to 2"},
    ],
}
UNSETTLED = {
    "state": "unsettled",
    "message": "one of two replicas was ready after 60 s",
    "expected": "2 ready replicas",
    "found": "1 after 60 s; the other is ContainerCreating: pulling image localhost:5000/sentiment:1",
    "next_step": "look at the Pod's events with `kubectl describe pod`",
}
UNCHECKED = {"state": "unchecked", "message": "the API server stopped answering", "next_step": "grade again"}
HOSTILE = {
    "state": "failed",
    "message": f"the server answered {SCRIPT}",
    "expected": "one of `positive`, `negative`",
    "found": f"`{SCRIPT}` \N{RIGHT-TO-LEFT OVERRIDE}gnp.exe",
    "evidence": [{"kind": "log", "name": SCRIPT, "text": f"</pre></details>{SCRIPT}\x1b[2J"}],
}


def verdicts_json(student: str, findings: dict[int, dict[str, Any]], **others: Any) -> dict[str, Any]:
    """What grading writes for a student; `findings` by criterion's index, all others passed."""
    cells: dict[str, dict[str, Any]] = {}
    for index, (cell, sentence, points, hidden) in enumerate(CRITERIA):
        finding = {"state": "passed", "message": "", **findings.get(index, {})}
        verdict = {
            "sentence": sentence,
            "points": points,
            "earned": points if finding["state"] == "passed" else 0.0,
            "hidden": hidden,
            "line": index + 3,
            "seconds": 0.4 + index,
            "evidence": [{"kind": "Deployment", "name": "sentiment", "text": "readyReplicas: 2"}],
            **finding,
        }
        entry = cells.setdefault(cell, {"grade_id": cell, "points": 0.0, "earned": 0.0, "verdicts": []})
        entry["points"] += points
        entry["earned"] += verdict["earned"]
        entry["verdicts"].append(verdict)
    return {
        "lab": LAB,
        "student": student,
        "workspace": "7f3c",
        "state": "graded",
        "score": sum(cell["earned"] for cell in cells.values()),
        "max_score": sum(points for _, _, points, _ in CRITERIA),
        "cells": list(cells.values()),
        "attempts": 1,
        "timings": {"workspace_s": 1.2, "kernels_s": 4.1, "check_s": 9.7, "waiting_s": 6.0, "total_s": 15.0},
        "graded_at": "2026-03-02T10:15:00+00:00",
        **others,
    }


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    """An evidence folder of six students."""
    students = {
        "ada": verdicts_json("ada", {}),
        "bela": verdicts_json("bela", {1: FAILED, 2: FAILED}),
        "chidi": verdicts_json(
            "chidi",
            {0: UNSETTLED, 5: {**FAILED, "evidence": []}},
            attempts=2,
            notes=["a copied check cell was left out"],
        ),
        "dora": verdicts_json("dora", {2: UNCHECKED}, state="ungraded", reason="the API server went away"),
        SCRIPT: verdicts_json(SCRIPT, {2: HOSTILE, 6: FAILED}),
        "fay": verdicts_json("fay", {}, state="ungraded", cells=[], score=0.0, reason="fay's file is not a notebook"),
    }
    for number, verdicts in enumerate(students.values()):
        folder = tmp_path / "evidence" / f"student{number}" / LAB
        folder.mkdir(parents=True)
        (folder / "verdicts.json").write_text(json.dumps(verdicts))
    return tmp_path / "evidence"
