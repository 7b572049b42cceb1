"""Every object in a namespace, whatever its kind, is found once; what nobody keeps is not."""

from __future__ import annotations

from typing import Any

import pytest
from checks.conftest import Playground

from autograder import lab
from autograder.checks.api import Api

pytestmark = pytest.mark.live

TEMPLATE = {"metadata": {"labels": {"app": "one"}}, "spec": {"containers": [{"name": "one", "image": "one"}]}}
MADE: list[tuple[str, str, str, dict[str, Any]]] = [
    ("/api/v1/namespaces/{}/podtemplates", "v1", "PodTemplate", {"template": TEMPLATE}),
    ("/apis/coordination.k8s.io/v1/namespaces/{}/leases", "coordination.k8s.io/v1", "Lease", {"spec": {}}),
    ("/api/v1/namespaces/{}/secrets", "v1", "Secret", {"stringData": {"word": "hush"}}),
]
"""two of kinds that few think of, and one to leave out"""


def test_whatever_the_api_server_keeps_in_a_namespace_is_found_once(playground: Playground, looking_at: Api) -> None:
    for path, version, kind, more in MADE:
        playground.create(path, {"apiVersion": version, "kind": kind, "metadata": {"name": "one"}, **more})
    found = lab.everything(apart_from=["secrets"])
    kinds = [each["kind"] for each in found if each["metadata"]["name"] == "one"]
    assert sorted(kinds) == ["Lease", "PodTemplate"]
    assert {each["kind"] for each in found} >= {"ConfigMap", "ServiceAccount"}
    uids = [each["metadata"]["uid"] for each in found]
    assert len(uids) == len(set(uids))
    assert "Secret" in {each["kind"] for each in lab.everything()}
