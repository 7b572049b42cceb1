"""Whose fault it is that one more of a student's own cannot be made: theirs costs the point, ours costs nobody any."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from checks.conftest import Playground, pod_spec

from autograder import lab
from autograder.checks import connecting
from autograder.checks.api import Api
from autograder.checks.criteria import Verdict

pytestmark = [pytest.mark.live, pytest.mark.usefixtures("looking_at")]

Run = Callable[[Callable[[], Any]], Verdict]
BATCH = "/apis/batch/v1/namespaces/{}/"


def nightly(name: str, **labels: str) -> dict[str, Any]:
    pod = {**pod_spec(["true"]), "restartPolicy": "Never"}
    template = {"metadata": {"labels": labels}, "spec": pod}
    return {
        "metadata": {"name": name},
        "spec": {"schedule": "0 3 * * *", "jobTemplate": {"spec": {"template": template}}},
    }


def launch(name: str) -> Callable[[], None]:
    def launches() -> None:
        with lab.launched(f"cronjob/{name}"):
            pass

    return launches


def test_a_template_of_which_nobody_can_make_a_job_is_a_finding(playground: Playground, verdict_of: Run) -> None:
    # The API server takes the CronJob, and refuses every Job of it.
    playground.create(BATCH + "cronjobs", nightly("mislabelled", **{"batch.kubernetes.io/job-name": "another"}))

    verdict = verdict_of(launch("mislabelled"))

    assert verdict.state == "failed", verdict.message
    assert "job-name" in verdict.found


def test_no_room_is_a_finding_and_names_the_quota(playground: Playground, verdict_of: Run) -> None:
    playground.create(BATCH + "cronjobs", nightly("usual"))
    full = {"metadata": {"name": "full"}, "spec": {"hard": {"count/jobs.batch": "0"}}}
    playground.create("/api/v1/namespaces/{}/resourcequotas", full)
    lab.wait("quota/full", until=lambda it: it["status"].get("used"), waiting_for="its usage to be known")

    verdict = verdict_of(launch("usual"))

    assert verdict.state == "failed", verdict.message
    assert "exceeded quota: full" in verdict.found
    assert "delete what is over" in verdict.next_step


def test_rights_that_a_lab_forgot_to_give_cost_nobody_a_point(
    playground: Playground, looking_at: Api, verdict_of: Run
) -> None:
    playground.create(BATCH + "cronjobs", nightly("mine"))
    binding = {
        "metadata": {"name": "looks-only"},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
        "subjects": [{"kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": "looker"}],
    }
    playground.create("/apis/rbac.authorization.k8s.io/v1/namespaces/{}/rolebindings", binding)
    looker = replace(looking_at.account, headers=looking_at.account.headers | {"Impersonate-User": "looker"})
    connecting.use(Api(looker, looking_at.place))

    verdict = verdict_of(launch("mine"))

    assert verdict.state == "unchecked", verdict.message
    assert "cannot make a Job of this template" in verdict.message
