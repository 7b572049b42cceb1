"""A Job from a template of the student's, started by a check: what it does now, and not what an earlier one did.

As `kubectl create job --from` does it, with environment variables that the check chooses, so that nobody can know
beforehand what it comes to. The Job stands by itself (no CronJob clears it away) and is deleted when the check has
looked. In a self-check the student's own account starts it; a grader's may where the lab's manifests say so.
"""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from autograder.checks import looking
from autograder.checks.api import JsonObject
from autograder.checks.connecting import current
from autograder.checks.kinds import KNOWN, Target, target_of
from autograder.checks.making import make
from autograder.checks.sentences import fresh_name
from autograder.errors import AutograderError

_CONTROLLERS_OWN = ("controller-uid", "job-name", "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-name")
"""labels that a Job's controller puts on its template"""
_NOT_TAKEN_OVER = ("selector", "manualSelector", "managedBy", "ttlSecondsAfterFinished", "activeDeadlineSeconds")
"""what is another Job's own, and what would end this one, or clear it away, before anybody has looked"""


@contextmanager
def launched(
    where: str,
    *,
    env: Mapping[str, str] | None = None,
    attempts: int | None = None,
    one_pod: bool = False,
    namespace: str | None = None,
) -> Iterator[JsonObject]:
    """Start a Job from a CronJob's template, or from that of a Job, and put it away after the block.

    `env` goes into every container, in place of variables of that name. The Job has failed when it has been tried
    `attempts` times. With `one_pod` it has a single completion, of index 0 where it has indexes.

    Raises:
        CheckFailed: there is no such object, no room for another Job in the namespace's quota, or its template cannot
            be started by anybody.
        ClusterError: it cannot be started for another reason.
    """
    api = current()
    source = looking.get_object(where, namespace=namespace)
    target = Target(KNOWN["jobs"], fresh_name("check"), target_of(api, where, namespace).namespace)
    job = job_from(source, target.name, env or {}, attempts, one_pod=one_pod)
    try:
        # Made inside: where the answer is lost on its way the Job may be there all the same.
        made = make(api, target, job, what="Job of this template", in_the_way="jobs,pods")
        looking.note(api, target, made)
        yield made
    finally:
        options = {"kind": "DeleteOptions", "apiVersion": "v1", "propagationPolicy": "Background"}
        with contextlib.suppress(AutograderError):
            api.ask("DELETE", target.path, body=options)


def job_from(
    source: JsonObject, name: str, env: Mapping[str, str], attempts: int | None = None, *, one_pod: bool = False
) -> JsonObject:
    """The Job that a CronJob would start, or a Job once more, under another name."""
    spec = copy.deepcopy(source.get("spec") or {})
    if source.get("kind") == "CronJob":
        spec = (spec.get("jobTemplate") or {}).get("spec") or {}
    elif spec.get("template"):  # a Job's own says whether it is to begin; a copy of it begins
        spec.pop("suspend", None)
        labels = (spec["template"].get("metadata") or {}).get("labels") or {}
        for key in _CONTROLLERS_OWN:
            labels.pop(key, None)
    for key in _NOT_TAKEN_OVER:
        spec.pop(key, None)
    pod = (spec.get("template") or {}).get("spec") or {}
    for container in [*(pod.get("initContainers") or []), *(pod.get("containers") or [])]:
        kept = [each for each in container.get("env") or [] if each.get("name") not in env]
        container["env"] = kept + [{"name": key, "value": value} for key, value in env.items()]
    if attempts is not None:
        # In a Pod that starts its container again, the restart that reaches the limit is ended at once.
        restarts = pod.get("restartPolicy") == "OnFailure" and attempts > 1
        spec["backoffLimit"] = attempts if restarts else attempts - 1
    if one_pod:
        _reduce(spec)
    return {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {"name": name, "labels": {"course.autograder/role": "check"}},
        "spec": spec,
    }


def _reduce(spec: JsonObject) -> None:
    """One Pod, and what is said of several or of each index left out."""
    spec["completions"] = spec["parallelism"] = 1
    for key in ("backoffLimitPerIndex", "maxFailedIndexes", "successPolicy"):
        spec.pop(key, None)
    for rule in (spec.get("podFailurePolicy") or {}).get("rules") or []:
        if rule.get("action") == "FailIndex":  # only where indexes have attempts of their own
            rule["action"] = "FailJob"
