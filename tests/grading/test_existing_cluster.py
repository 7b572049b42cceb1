"""On somebody's own cluster, labs that need nothing installed are graded; of the others it is said what is missing.

The cluster is one beside the tests' own. Its administrator is this file: takes out what other clusters do not have
(the course's classes, metrics, admission policies), and gives an account the shipped rights and no others. The
instructor is that account, a kubeconfig, a folder with the course and a kubectl: no embedded cluster is in their state
directory, nothing that was built in their cache. One lab is graded each day, another the next; `make test-existing`
grades all, those included whose requirements the administrator then installs.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from workspace.ways import cluster_of, written

from autograder.cluster import addons, agents, building, embedded
from autograder.proving.answers import Answer
from autograder.proving.fitting import read_answers
from autograder.proving.handing_in import hand_in
from autograder.proving.sources import labs_in, read_lab
from autograder.workspace import needing, rights
from autograder.workspace.manifests import shared_objects
from autograder.workspace.naming import LABEL_SHARED, LABEL_STUDENT
from autograder.workspace.requesting import opened

pytestmark = [pytest.mark.live, pytest.mark.timeout(1800)]

ROOT = Path(__file__).parents[2]
ALL = bool(os.environ.get("AUTOGRADER_EVERY_LAB"))
ACCOUNT = "system:serviceaccount:teaching:instructor"
APISERVICE = "/apis/apiregistration.k8s.io/v1/apiservices"
CLASSES = "/apis/storage.k8s.io/v1/storageclasses"
DEFAULT = "storageclass.kubernetes.io/is-default-class"

LABS = labs_in(ROOT)
WITH_SHARED = {each["metadata"]["labels"][LABEL_SHARED] for each in shared_objects(ROOT)}
NEEDS = {lab: needing.needed(ROOT, lab) for lab in LABS}
TO_BE_HAD = {lab: (*needs.nodes, *needs.offers, *needs.crds) for lab, needs in NEEDS.items()}
FREE = [lab for lab in LABS if lab not in WITH_SHARED and not TO_BE_HAD[lab]]
TODAYS = FREE if ALL else [FREE[date.today().toordinal() % len(FREE)]]

NO_CLASS = (
    "no StorageClass on this cluster that makes volumes",
    "kubectl apply -f https://raw.githubusercontent.com/rancher/local-path-provisioner/master/deploy/"
    f"local-path-storage.yaml; kubectl annotate storageclass local-path {DEFAULT}=true --overwrite",
)
LACKS = {
    "lab06-rbac": (
        "no ClusterRole/course:worker-runner, ClusterRole/course:editor on this cluster",
        "`autograder workspace install`, as somebody who may make it",
    ),
    "lab07-storage": NO_CLASS,
    "lab09-gpus": (
        "no such node among the 1 of this cluster: none has nvidia.com/gpu",
        "kubectl label node NAME nvidia.com/gpu.present=true --overwrite; "
        "kubectl taint node NAME nvidia.com/gpu=present:NoSchedule",
    ),
    "lab11-autoscaling": (
        "no API metrics.k8s.io on this cluster",
        "kubectl apply -f https://github.com/kubernetes-sigs/metrics-server/releases/latest/download/components.yaml",
    ),
    "lab13-install-a-tool": (
        "no CustomResourceDefinition daskclusters.kubernetes.dask.org, daskworkergroups.kubernetes.dask.org on this "
        "cluster",
        "`autograder workspace install`, as an administrator",
    ),
    "lab14-capstone": NO_CLASS,
}
"""What is found of each of the other labs, and a part of what is to be done about it."""

Done = subprocess.CompletedProcess[str]


@dataclass(frozen=True)
class Person:
    """Somebody at a terminal of their own, with a kubeconfig and a kubectl."""

    kubeconfig: Path
    folder: Path
    """With a course in it, and whatever they are given by themselves."""

    def environment(self) -> dict[str, str]:
        kept = ("AUTOGRADER_PATIENCE", "AUTOGRADER_OFFLINE")
        ours = {key: value for key, value in os.environ.items() if not key.startswith("AUTOGRADER_") or key in kept}
        return ours | {
            "KUBECONFIG": str(self.kubeconfig),
            "AUTOGRADER_STATE": str(self.folder / "state"),
            "AUTOGRADER_CACHE": str(self.folder / "cache"),
            "PATH": os.pathsep.join([str(self.folder / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]]),
            "JUPYTER_CONFIG_DIR": str(self.folder / "jupyter-config"),
            "JUPYTER_DATA_DIR": str(self.folder / "jupyter-data"),
            "COLUMNS": "4000",
            "NO_COLOR": "1",
        }

    def runs(self, *argv: str, stdin: str = "") -> Done:
        """A command, in the course's folder."""
        return subprocess.run(
            argv,
            cwd=self.folder / "course",
            env=self.environment(),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=1200,
            check=False,
        )

    def must(self, *argv: str, stdin: str = "") -> str:
        done = self.runs(*argv, stdin=stdin)
        assert done.returncode == 0, f"{' '.join(argv)}: {done.stdout}{done.stderr}"
        return done.stdout


def a_person(folder: Path, kubeconfig: Path) -> Person:
    """With a copy of the course as it is now, and nothing graded in it."""
    course = folder / "course"
    course.mkdir(parents=True)
    for part in ("source", "course"):
        shutil.copytree(ROOT / part, course / part)
    shutil.copy(ROOT / "nbgrader_config.py", course)
    (folder / "bin").mkdir()
    (folder / "bin" / "kubectl").symlink_to(building.kubectl())
    return Person(kubeconfig, folder)


@dataclass(frozen=True)
class Elsewhere:
    """The cluster, as its administrator sees it."""

    name: str
    admin: Person
    instructors: Path
    """The instructor's kubeconfig."""

    def instructor(self, folder: Path) -> Person:
        return a_person(folder, self.instructors)

    def delete(self, path: str) -> None:
        with opened(embedded.connection(self.name)) as api:
            api.request("DELETE", path).must(f"delete {path}", accept=(200, 202, 404))

    def create(self, collection: str, document: dict[str, Any]) -> None:
        with opened(embedded.connection(self.name)) as api:
            api.post(collection, document).must(f"make {document['kind']}", accept=(201, 409))


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    name, folder = f"t-own-{uuid.uuid4().hex[:6]}", tmp_path_factory.mktemp("elsewhere")
    connection = embedded.up(name)
    try:
        kubeconfig = folder / "administrator"  # a copy, so that nobody knows by its place what it is
        kubeconfig.write_bytes(connection.kubeconfig.read_bytes())
        found = Elsewhere(name, a_person(folder / "admin", kubeconfig), folder / "instructor")
        eventually(lambda: part_of(name, agents.METRICS_API) == "done", 120)
        found.delete(f"{APISERVICE}/v1beta1.metrics.k8s.io")
        found.delete(f"{CLASSES}/standard")
        kubectl = found.admin.must
        kubectl("kubectl", "delete", "-f", str(ROOT / "autograder/cluster/admission.yaml"))
        kubectl("kubectl", "create", "namespace", "teaching")
        kubectl("kubectl", "create", "serviceaccount", "instructor", "--namespace=teaching")
        # As the file says: an administrator writes a name into it and applies it.
        kubectl(
            "kubectl", "apply", "-f", "-", stdin=(ROOT / rights.MANIFEST).read_text().replace("INSTRUCTOR", ACCOUNT)
        )
        token = kubectl("kubectl", "create", "token", "instructor", "--namespace=teaching", "--duration=6h").strip()
        written(found.instructors, cluster_of(connection), {"token": token})
        yield found
    finally:
        embedded.down(name)


def eventually(condition: Callable[[], bool], limit_s: float) -> None:
    deadline = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def part_of(name: str, component: str) -> str:
    return next((each.state for each in embedded.status(name, ask=False).components if each.name == component), "")


@pytest.fixture(scope="module")
def instructor(elsewhere: Elsewhere, tmp_path_factory: pytest.TempPathFactory) -> Person:
    return elsewhere.instructor(tmp_path_factory.mktemp("instructor"))


@pytest.fixture(scope="module")
def checked(instructor: Person) -> Done:
    """What is said of all labs, before anything is installed."""
    return instructor.runs("autograder", "workspace", "check", "--kubeconfig", str(instructor.kubeconfig))


@pytest.fixture(scope="module")
def refused(instructor: Person, checked: Done) -> dict[str, Done]:
    """What came of grading the labs that need more, before anything is installed."""
    for lab in LACKS:
        hand_in(read_lab(ROOT, lab), reference(lab), instructor.folder / "course/submitted/ben" / lab)
    return {lab: instructor.runs("autograder", "grade", lab) for lab in LACKS}


Grading = Callable[[str], tuple[Done, dict[str, Any]]]


@pytest.fixture(scope="module")
def graded(
    request: pytest.FixtureRequest, elsewhere: Elsewhere, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Grading]:
    """Grades the reference answer of a lab, in a course of its own. Those asked for begin at once, two side by side."""
    items = [each for each in request.session.items if each.path == request.path and hasattr(each, "callspec")]
    asked = [each.callspec.params["lab"] for each in items if "graded" in each.fixturenames]

    def grade(lab: str) -> tuple[Done, dict[str, Any]]:
        person = elsewhere.instructor(tmp_path_factory.mktemp("grading"))
        hand_in(read_lab(ROOT, lab), reference(lab), person.folder / "course/submitted/ada" / lab)
        done = person.runs("autograder", "grade", lab)
        assert not (person.folder / "state").exists(), "no embedded cluster was looked for"
        kept = person.folder / "course/evidence/ada" / lab / "verdicts.json"
        return done, json.loads(kept.read_text()) if kept.exists() else {}

    with ThreadPoolExecutor(2) as pool:
        running: dict[str, Future[tuple[Done, dict[str, Any]]]] = {lab: pool.submit(grade, lab) for lab in asked}
        yield lambda lab: (running.get(lab) or pool.submit(grade, lab)).result()


def reference(lab: str) -> Answer:
    answers = read_answers(ROOT / "tests/answers" / lab, read_lab(ROOT, lab))
    return next(each for each in answers if each.name == "reference")


def require_full_points(done: Done, verdicts: dict[str, Any]) -> None:
    assert done.returncode == 0, done.stdout + done.stderr
    lost = [each for cell in verdicts["cells"] for each in cell["verdicts"] if each["state"] != "passed"]
    assert (verdicts["state"], verdicts["score"], lost) == ("graded", verdicts["max_score"], [])


def commands_in(next_step: str) -> list[str]:
    """What an administrator is told to run, as it stands there."""
    (found,) = re.findall(r"\((kubectl [^()]*)\)", next_step)
    return found.split("; ")


def test_every_lab_needs_nothing_or_is_one_of_those_below() -> None:
    assert set(FREE) | set(LACKS) == set(LABS)
    assert not set(FREE) & set(LACKS)
    assert len(FREE) >= 8


def test_the_instructor_has_the_shipped_rights_and_no_others(instructor: Person) -> None:
    assert "nothing is missing" in instructor.must("autograder", "workspace", "rights")
    for verb, what in (("create", "clusterroles"), ("create", "storageclasses"), ("patch", "nodes"), ("*", "*")):
        asked = instructor.runs("kubectl", "auth", "can-i", verb, what, "--all-namespaces")
        assert asked.stdout.strip() == "no", f"{verb} {what}"


@pytest.mark.parametrize("lab", LABS)
def test_a_lab_is_ready_or_what_it_lacks_is_named_with_what_installs_it(checked: Done, lab: str) -> None:
    assert checked.returncode == 1, checked.stdout + checked.stderr
    lines = checked.stdout.splitlines()
    (at,) = (number for number, line in enumerate(lines) if line.startswith(f"{lab}: "))
    if lab in FREE:
        assert lines[at] == f"{lab}: nothing is missing"
        return
    found, to_do = LACKS[lab]
    assert lines[at] == f"{lab}: missing: {found}"
    assert to_do in lines[at + 1]


@pytest.mark.parametrize("lab", LACKS)
def test_it_is_said_before_a_submission_is_touched(
    refused: dict[str, Done], elsewhere: Elsewhere, instructor: Person, lab: str
) -> None:
    found, to_do = LACKS[lab]
    assert refused[lab].returncode == 1
    assert found in refused[lab].stderr
    assert to_do in refused[lab].stderr
    for made in ("autograded", "evidence", "gradebook.db"):
        assert not (instructor.folder / "course" / made).exists(), made
    # A workspace would still be going: it takes longer to go than to grade nothing.
    listed = elsewhere.admin.must("kubectl", "get", "namespaces", "-l", f"{LABEL_STUDENT}=ben", "-o", "name")
    assert listed == ""


@pytest.mark.parametrize("lab", TODAYS)
def test_a_lab_that_needs_nothing_installed_is_graded(graded: Grading, refused: object, lab: str) -> None:
    require_full_points(*graded(lab))


def test_what_an_administrator_is_told_to_install_makes_the_lab_gradable(
    refused: dict[str, Done], elsewhere: Elsewhere, instructor: Person, graded: Grading
) -> None:
    (command,) = re.findall(r"`(autograder [^`]+)`", refused["lab06-rbac"].stderr)
    assert "made ClusterRole/course:worker-runner, ClusterRole/course:editor" in elsewhere.admin.must(*command.split())
    for lab in ("lab06-rbac", "lab13-install-a-tool"):
        assert instructor.must("autograder", "workspace", "check", lab) == f"{lab}: nothing is missing\n"
    for lab in ("lab06-rbac", *(["lab13-install-a-tool"] if ALL else [])):
        require_full_points(*graded(lab))


def test_a_class_that_an_administrator_is_told_to_make_the_default_does(
    refused: dict[str, Done], elsewhere: Elsewhere, instructor: Person, graded: Grading
) -> None:
    _, standard = addons.storage_class()
    del standard["metadata"]["annotations"]
    elsewhere.create(CLASSES, standard)
    said = instructor.runs("autograder", "workspace", "check", "lab07-storage").stdout
    assert "none of the StorageClasses of this cluster is the default: standard" in said
    for command in commands_in(said):
        elsewhere.admin.must(*command.split())
    assert instructor.runs("autograder", "workspace", "check", "lab07-storage", "lab14-capstone").returncode == 0
    for lab in ("lab07-storage", "lab14-capstone") if ALL else ():
        require_full_points(*graded(lab))


@pytest.mark.skipif(not ALL, reason="a second node; `make test-existing` tries it")
def test_a_node_that_an_administrator_is_told_to_mark_does(
    refused: dict[str, Done], elsewhere: Elsewhere, instructor: Person, graded: Grading
) -> None:
    embedded.adjoin(elsewhere.name)
    node = f"{elsewhere.name}-gpu"
    elsewhere.admin.must("kubectl", "label", "node", node, "nvidia.com/gpu.present-")
    elsewhere.admin.must("kubectl", "taint", "node", node, "nvidia.com/gpu-")
    said = instructor.runs("autograder", "workspace", "check", "lab09-gpus").stdout
    assert f"{node} has no label nvidia.com/gpu.present=true, no taint nvidia.com/gpu=present:NoSchedule" in said
    for command in commands_in(said):
        elsewhere.admin.must(*command.split())
    assert instructor.runs("autograder", "workspace", "check", "lab09-gpus").returncode == 0
    require_full_points(*graded("lab09-gpus"))


@pytest.mark.skipif(not ALL, reason="minutes of load; `make test-existing` tries it")
def test_metrics_that_an_administrator_has_installed_do(
    refused: dict[str, Done], elsewhere: Elsewhere, instructor: Person, graded: Grading
) -> None:
    elsewhere.create(
        APISERVICE, addons.metrics_api()
    )  # the last object of what is told to be applied from the internet
    assert instructor.runs("autograder", "workspace", "check", "lab11-autoscaling").returncode == 0
    require_full_points(*graded("lab11-autoscaling"))


def test_images_that_no_node_can_pull_are_named_with_what_the_node_said(elsewhere: Elsewhere, tmp_path: Path) -> None:
    person = elsewhere.instructor(tmp_path)
    env = {**person.environment(), "AUTOGRADER_IMAGES": "127.0.0.1:1/ml-course"}
    hand_in(read_lab(ROOT, FREE[0]), reference(FREE[0]), person.folder / "course/submitted/ada" / FREE[0])
    done = subprocess.run(
        ["autograder", "grade", FREE[0]], cwd=tmp_path / "course", env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "a node of this cluster cannot pull 127.0.0.1:1/ml-course/" in done.stderr
    assert "not found" in done.stderr, "names of other registries are looked for in its own"
    assert "autograder images push REGISTRY" in done.stderr
    assert not (tmp_path / "course/evidence").exists()
