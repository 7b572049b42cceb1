"""course/checks.md says what is there, and its examples run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from checks.conftest import Playground

from autograder import lab
from autograder.checks import connecting, criteria
from autograder.checks.api import Api, Place
from autograder.checks.reading import declared_criteria
from autograder.cluster.connection import Connection
from autograder.workspace import Workspace, open_workspace

WHERE = {"namespace", "neighbour", "images", "service_account", "grading"}


@pytest.fixture(scope="module")
def page() -> str:
    return (Path(__file__).parents[2] / "course" / "checks.md").read_text()


@pytest.fixture(scope="module")
def blocks(page: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)


def test_every_verb_is_explained_and_no_other(page: str) -> None:
    named = set(re.findall(r"\blab\.([a-z_]+)", page))
    assert named - {"md"} == (set(lab.__all__) | WHERE) - {"Reply"}
    assert "`Reply`" in page


def test_the_modules_own_table_of_contents_names_every_verb() -> None:
    listed = set(re.findall(r"[a-z_]+", (lab.__doc__ or "").split("\n\n")[1]))
    assert (set(lab.__all__) | WHERE) - {"Reply"} <= listed


def test_the_first_example_is_a_whole_check_cell(blocks: list[str]) -> None:
    declared = declared_criteria(blocks[0])
    assert [each.hidden for each in declared] == [False, False, True]
    assert blocks[0].rstrip().endswith("lab.points()")


@pytest.fixture(scope="module")
def answered(connection: Connection, admin: Api) -> Iterator[Workspace]:
    """A workspace in which the model is served as the example asks."""
    with open_workspace(connection, "lab02-serve-a-model", "ada") as opened:
        theirs = Playground(Api(admin.account, Place(opened.namespace)), opened.namespace)
        deployment = {
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {"name": "sentiment"},
            "spec": {
                "replicas": 2,
                "selector": {"matchLabels": {"app": "sentiment"}},
                "template": {
                    "metadata": {"labels": {"app": "sentiment"}},
                    "spec": {
                        "containers": [
                            {
                                "name": "server",
                                "image": f"{opened.image_prefix}/sentiment:1",
                                "ports": [{"containerPort": 8080}],
                                "readinessProbe": {
                                    "httpGet": {"path": "/readyz", "port": 8080},
                                    "periodSeconds": 1,
                                    "timeoutSeconds": 5,
                                },
                            }
                        ]
                    },
                },
            },
        }
        theirs.create("/apis/apps/v1/namespaces/{}/deployments", deployment)
        theirs.service("sentiment", {"app": "sentiment"})
        yield opened


@pytest.mark.live
def test_the_examples_run_and_a_right_answer_earns_every_point(
    answered: Workspace, blocks: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kubeconfig, described = tmp_path / "kubeconfig", tmp_path / "workspace.json"
    kubeconfig.write_text(answered.grader_kubeconfig())
    described.write_text(json.dumps({**answered.as_json(), "kubeconfig": str(kubeconfig)}))
    monkeypatch.setenv("AUTOGRADER_WORKSPACE", str(described))
    connecting.use(None)
    for block in blocks:
        cell = block.replace("lab.points()", "")
        if not declared_criteria(cell):
            indented = "    ".join(["", *cell.splitlines(keepends=True)])
            cell = f'from autograder import lab\nwith lab.criterion(1, "the example holds"):\n{indented}'
        exec(compile(cell, "course/checks.md", "exec"), {})
    verdicts = criteria.verdicts_so_far()
    connecting.use(None)
    assert [(each.sentence, each.state, each.message) for each in verdicts if each.state != "passed"] == []
    assert len(verdicts) == sum(len(declared_criteria(block)) or 1 for block in blocks)
