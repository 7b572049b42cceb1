"""An answer that changes lines of the reference, adds to its cells or brings files is handed in so, or unfit."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from grading import small_lab

from autograder.cluster.connection import Connection
from autograder.errors import GradingError
from autograder.proving.answers import BLANK, REFERENCE, Answer
from autograder.proving.fitting import read_answers
from autograder.proving.handing_in import files_beside, hand_in, solved
from autograder.proving.patching import Hunk, patched
from autograder.proving.running import Job, run
from autograder.proving.sources import LabSource, read_lab

TEXT = """\
spec:
  replicas: 2
  template:
    containers:
      - name: server
        image: one
      - name: diary
        image: two
"""


def changed(*hunks: tuple[list[str], list[str]], text: str = TEXT) -> str:
    numbered = [Hunk(10 * number, tuple(old), tuple(new)) for number, (old, new) in enumerate(hunks, start=1)]
    return patched(text, numbered, file="wrong/typo.py", what="the reference's cell serve")


def test_lines_are_found_whatever_their_indentation_and_replaced_in_the_references_own() -> None:
    assert changed((["replicas: 2"], ["replicas: 1", "  deeper: true"])) == TEXT.replace(
        "  replicas: 2", "  replicas: 1\n    deeper: true"
    )


def test_new_lines_may_stand_to_the_left_of_the_old_one() -> None:
    after = changed((["    image: two"], ["    image: two", "", "other: 1"]))
    assert after.endswith("        image: two\n\n    other: 1\n")


def test_old_lines_alone_are_deleted() -> None:
    assert changed((["- name: diary", "image: two"], [])) == TEXT.replace(
        "      - name: diary\n        image: two\n", ""
    )


def test_every_hunk_means_the_reference_and_not_what_another_made_of_it() -> None:
    after = changed((["image: two"], ["image: one"]), (["replicas: 2"], []), (["image: one"], ["image: three"]))
    assert after.count("image: one") == after.count("image: three") == 1
    assert "replicas" not in after


@pytest.mark.parametrize(
    ("hunks", "complaint"),
    [
        ([(["replicas: 3"], [])], "wrong/typo.py, line 10: “replicas: 3” does not stand in the reference's cell serve"),
        ([(["image: one", "image: two"], [])], "line 11: “image: two” does not stand in .* after “image: one”"),
        ([(["- name: server", "image: one", "- name: server"], [])], "line 12: “- name: server” does not stand"),
        (
            [(["spec:", "replicas: 2"], []), (["replicas: 2"], [])],
            "line 20: “replicas: 2” is changed in line 10 already",
        ),
        ([(["    replicas: 2"], ["left: 1"])], "line 11: “left: 1” stands 4 columns to the left"),
    ],
)
def test_a_hunk_that_has_no_place_is_said_with_its_line(
    hunks: list[tuple[list[str], list[str]]], complaint: str
) -> None:
    with pytest.raises(GradingError, match=complaint) as raised:
        changed(*hunks)
    assert raised.value.expected
    assert raised.value.next_step


def test_a_hunk_that_could_mean_several_places_is_said_with_all_of_them() -> None:
    with pytest.raises(GradingError, match=r"“same” stands 2 times in .*, in lines 1, 3") as raised:
        changed((["same"], []), text="same\nother\nsame")
    assert "until there is one place" in raised.value.next_step


@pytest.fixture
def source(tmp_path: Path) -> LabSource:
    """The small lab, with files beside its notebook, of which students may change one."""
    small_lab.write_source(tmp_path)
    folder = tmp_path / "source" / small_lab.LAB
    (folder / "parts").mkdir()
    (folder / "parts" / "settings.yaml").write_text("colour: blue\nsize: 7\n")
    (folder / "model.bin").write_bytes(b"\xff\xfe")
    (folder / "data.csv").write_text("1,2\n")
    (tmp_path / "nbgrader_config.py").write_text(
        "c = get_config()\n"
        f"c.Autograde.exclude_overwriting = {{{small_lab.LAB!r}: ['parts/settings.yaml', 'model.bin']}}\n"
    )
    return read_lab(tmp_path, small_lab.LAB)


def answer_of(source: LabSource, text: str) -> Answer:
    path = source.path.parents[2] / "answers" / "right" / "one.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'"""An answer."""\n{text}')
    return next(each for each in read_answers(path.parents[1], source) if each.name == "one")


def fitting(source: LabSource, text: str) -> Answer:
    answer = answer_of(source, text)
    assert answer.unfit == ""
    return answer


def cell_of(source: LabSource, text: str) -> str:
    return solved(source, fitting(source, text))["make-settings"]


def test_some_lines_of_a_cell_are_changed_and_the_others_are_the_references(source: LabSource) -> None:
    changes = """# %% change: make-settings
#- core = kubernetes.client.CoreV1Api()
#+ core = kubernetes.client.CoreV1Api()
#+
#+ # a comment
#- core.create_namespaced_config_map(
#-     namespace, {"metadata": {"name": "settings"}, "data": {"colour": "blue", "size": "7"}}
#+ core.create_namespaced_config_map(
#+     namespace, {}

#- kubernetes.config.load_kube_config()
"""
    expected = small_lab.SOLUTION.replace("kubernetes.config.load_kube_config()\n", "")
    expected = expected.replace("CoreV1Api()", "CoreV1Api()\n\n# a comment")
    expected = expected.replace('{"metadata": {"name": "settings"}, "data": {"colour": "blue", "size": "7"}}', "{}")
    assert cell_of(source, changes) == expected


def test_code_is_added_before_and_after_a_cell_that_may_be_changed_too(source: LabSource) -> None:
    text = """# %% after: make-settings
#| !kubectl get configmaps

# %% before: make-settings
import time
# %% change: make-settings
#- import kubernetes
#+ import kubernetes.client
"""
    cell = cell_of(source, text)
    assert cell.startswith("import time\nimport kubernetes.client\n\nkubernetes.config")
    assert cell.endswith('"data": {}})\n!kubectl get configmaps')


def test_an_answer_hands_in_what_was_handed_out_and_its_own_files_over_it(source: LabSource, tmp_path: Path) -> None:
    text = """# %% change file: parts/settings.yaml
#- size: 7
#+ size: 8

# %% file: parts/more/notes.txt
#| # %% not a marker
two

# %% file: empty.txt
"""
    hand_in(source, fitting(source, text), tmp_path / "in")
    written = {
        path.relative_to(tmp_path / "in").as_posix(): path.read_bytes()
        for path in (tmp_path / "in").rglob("*")
        if path.is_file() and path.suffix != ".ipynb"
    }
    assert written == {
        "parts/settings.yaml": b"colour: blue\nsize: 8\n",
        "parts/more/notes.txt": b"# %% not a marker\ntwo\n",
        "empty.txt": b"",
        "model.bin": b"\xff\xfe",
        "data.csv": b"1,2\n",
    }
    notebook = nbformat.read(tmp_path / "in" / f"{small_lab.LAB}.ipynb", as_version=4)
    assert small_lab.find(notebook, "make-settings").source == small_lab.SOLUTION


@pytest.mark.parametrize("answer", [REFERENCE, BLANK])
def test_who_changes_nothing_hands_in_the_files_as_they_were(source: LabSource, answer: Answer) -> None:
    assert sorted(files_beside(source, answer)) == ["data.csv", "model.bin", "parts/settings.yaml"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "# %% change: make-settings\n#- nonsense\n",
            "line 3: “nonsense” does not stand in the reference's cell",
        ),
        ("# %% change: mkae\n#- import kubernetes\n", "line 2: names the solution cell “mkae”"),
        ("# %% change: make-settings\n", "line 2: nothing is changed"),
        ("# %% change: make-settings\nimport os\n", "line 3: “import os” is no line of a change"),
        ("# %% change: make-settings\n#+ import os\n", "line 3: “#+ import os” is added without saying where"),
        ("# %% change: make-settings\n#- import kubernetes\n\n#+ import os\n", "line 5: “#+ import os” is added"),
        (
            "# %% cell: make-settings\n1\n# %% after: make-settings\n2\n",
            "line 4: the cell make-settings is both replaced",
        ),
        (
            "# %% change: make-settings\n#- import kubernetes\n# %% cell: make-settings\n1\n",
            "line 4: the cell make-settings is both replaced and changed",
        ),
        ("# %% before: make-settings\n1\n# %% before: make-settings\n2\n", "line 4: the same cell twice"),
        ("# %% chnage: make-settings\n", "line 2: “# %% chnage: make-settings” is no marker"),
        ("# %% change file: nowhere.txt\n#- x\n", "line 2: changes the file “nowhere.txt”"),
        ("# %% change file: model.bin\n#- x\n", "line 2: changes model.bin, which is no text"),
        (
            "# %% change file: parts/settings.yaml\n#- x\n",
            "line 3: “x” does not stand in the lab's file parts/",
        ),
        ("# %% file: ../out.txt\nx\n", "line 2: “../out.txt” is not below the lab's folder"),
        ("# %% file: /etc/passwd\nx\n", "line 2: “/etc/passwd” is not below the lab's folder"),
        ("# %% file: parts//a\nx\n", "line 2: “parts//a” is not below the lab's folder"),
        ("# %% file: other.ipynb\nx\n", "line 2: “other.ipynb” is nothing that an answer brings"),
        ("# %% file: parts\nx\n", "line 2: has files parts and parts/settings.yaml"),
        ("# %% file: data.csv\nx\n", "line 2: hands in a data.csv of its own, and grading puts the lab's in its place"),
    ],
)
def test_what_does_not_fit_is_said_with_file_and_line(source: LabSource, text: str, complaint: str) -> None:
    unfit = answer_of(source, text).unfit
    assert "right/one.py" in unfit
    assert complaint in unfit


@pytest.mark.live
def test_the_files_of_an_answer_lie_beside_its_notebook_when_it_is_graded(
    source: LabSource, connection: Connection
) -> None:
    text = """# %% change: make-settings
#- namespace, {"metadata": {"name": "settings"}, "data": {"colour": "blue", "size": "7"}}
#+ namespace, {"metadata": {"name": "settings"}, "data": {"colour": open("mine/colour").read().strip(),
#+     "size": open("parts/settings.yaml").read().split()[-1]}}

# %% file: mine/colour
#| blue

# %% change file: parts/settings.yaml
#- size: 7
#+ size: 8
"""
    done = run(Job(source, fitting(source, text)), connection)
    assert done.outage == ""
    assert done.lost == ("its secret size is seven",)
