"""What is kept as evidence, and what never is."""

from __future__ import annotations

import pytest

from autograder.checks import evidence


@pytest.fixture(autouse=True)
def _nothing_seen() -> None:
    evidence.begin()


def test_a_secrets_data_is_not_shown_and_neither_is_kubectls_copy_of_it() -> None:
    document = {
        "kind": "Secret",
        "metadata": {
            "name": "token",
            "managedFields": [{"manager": "kubectl"}],
            "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "c2VjcmV0", "team": "red"},
        },
        "data": {"token": "c2VjcmV0"},
        "stringData": {"other": "c2VjcmV0"},
    }
    text = evidence.as_yaml(document)
    assert "c2VjcmV0" not in text
    assert "token: (not shown)" in text
    assert "team: red" in text
    assert "managedFields" not in text


def test_everything_is_capped() -> None:
    evidence.saw(
        "configmap/big", {"kind": "ConfigMap", "metadata": {}, "data": {str(n): "x" * 9999 for n in range(500)}}
    )
    evidence.saw_text("reply", "GET /", "é" * 1_000_000)
    for number in range(100):
        evidence.saw(f"pod/{number}", {"metadata": {"name": str(number)}})
    exhibits = evidence.collect(None, wanted=False)
    assert len(exhibits) <= 2 * evidence.EXHIBITS
    assert all(len(exhibit.text.encode()) <= evidence.EXHIBIT_BYTES for exhibit in exhibits)


def test_a_deep_object_is_cut_instead_of_breaking_the_grader() -> None:
    deep: dict[str, object] = {}
    inner = deep
    for _ in range(500):
        inner["a"] = {}
        inner = inner["a"]  # type: ignore[assignment]
    assert "…" in evidence.as_yaml({"metadata": {}, "spec": deep})


def test_a_new_criterion_starts_with_nothing() -> None:
    evidence.saw_text("log", "pod/x", "line")
    evidence.begin()
    assert evidence.collect(None, wanted=True) == []
