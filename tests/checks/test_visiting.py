"""Looking at a volume from inside a student's Pod: what is there is found, and nothing that lies there misleads."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from checks.conftest import Playground, pod_spec

from autograder import lab
from autograder.checks import connecting
from autograder.checks.api import Api, JsonObject, Place
from autograder.checks.criteria import Verdict

pytestmark = pytest.mark.live
Run = Callable[[Callable[[], Any]], Verdict]
V1 = "/api/v1/namespaces/{}/"
WRITES = """
import os, time
os.umask(0o077)
os.makedirs("/kept/deep/er")
open("/kept/deep/er/file", "wb").write(b"\\xff\\0" * 131_070 + b"a remark\\n" + b"\\0" * 1000)
open("/scratch/away", "w").write("another remark")
os.symlink("/scratch/away", "/kept/away")
os.symlink("/etc/hostname", "/kept/hostname")
os.mkfifo("/kept/pipe")
os.truncate(os.open("/kept/holes", os.O_CREAT | os.O_WRONLY), 1 << 40)
print("written", flush=True)
time.sleep(600)
"""
MOUNTS = [{"name": "kept", "mountPath": "/kept"}, {"name": "scratch", "mountPath": "/scratch"}]
CLAIM = {"accessModes": ["ReadWriteOncePod"], "resources": {"requests": {"storage": "8Mi"}}}


@pytest.fixture
def pod(admin: Api) -> Iterator[JsonObject]:
    """One that has written onto the volume of a claim that no second Pod may mount, for its own user alone."""
    name = f"visiting-{uuid.uuid4().hex[:8]}"
    admin.ask("POST", "/api/v1/namespaces", body={"metadata": {"name": name}})
    api = Api(admin.account, Place(name, f"{name}-grader", service_account="default"))
    connecting.use(api)
    there = Playground(api, name)
    there.create(V1 + "persistentvolumeclaims", {"metadata": {"name": "kept"}, "spec": CLAIM})
    volumes = [
        {"name": "kept", "persistentVolumeClaim": {"claimName": "kept"}},
        {"name": "scratch", "emptyDir": {}},
    ]
    command = ["python3", "-c", WRITES]
    spec = {**pod_spec(command, volumeMounts=MOUNTS, securityContext={"runAsUser": 0}), "volumes": volumes}
    there.create(V1 + "pods", {"metadata": {"name": "writer"}, "spec": spec})
    lab.until(lambda: "written" in lab.logs("pod/writer"), timeout_s=60)
    yield lab.get_object("pod/writer")
    connecting.use(None)
    admin.ask("DELETE", f"/api/v1/namespaces/{name}")


def test_a_text_is_found_on_the_volume_where_it_lies_and_on_no_other(pod: JsonObject) -> None:
    # It lies across two pieces as they are read, in a folder, among bytes that are no text, for its writer alone.
    assert lab.on_volume(pod, "kept", "a remark")
    assert lab.on_volume(pod, "scratch", "another remark")


def test_links_are_not_followed_pipes_not_waited_for_and_holes_without_end_not_read(pod: JsonObject) -> None:
    assert not lab.on_volume(pod, "kept", "another remark", timeout_s=40)


def test_a_pod_that_is_gone_is_a_finding(pod: JsonObject, verdict_of: Run, admin: Api) -> None:
    path = f"/api/v1/namespaces/{pod['metadata']['namespace']}/pods/writer"
    admin.ask("DELETE", path, body={"kind": "DeleteOptions", "apiVersion": "v1", "gracePeriodSeconds": 0})
    lab.wait("pod/writer", gone=True)
    verdict = verdict_of(lambda: lab.on_volume(pod, "kept", "a remark"))
    assert verdict.state == "failed"
    assert "writer" in verdict.found


def test_who_may_not_look_holds_nothing_against_the_work(pod: JsonObject, verdict_of: Run) -> None:
    api = connecting.current()
    connecting.use(Api(replace(api.account, headers=api.account.headers | {"Impersonate-User": "somebody"}), api.place))
    verdict = verdict_of(lambda: lab.on_volume(pod, "kept", "a remark"))
    assert verdict.state == "unchecked", verdict.message
