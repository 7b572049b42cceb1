"""Who refused a request to the API server, and what whoever runs the course can change about it.

The API server answers with one sentence, and the same status, whether rights are missing, a quota is used up or
somebody's policy objects. The next step differs: this module reads the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """Why a request was not done."""

    by: str
    """who said no, as in "the admission webhook x"; empty where it is the API server itself"""
    next_step: str
    """what to change"""


_RULES: tuple[tuple[str, str, str], ...] = (
    (
        r'admission webhook "([^"]+)" denied',
        "the admission webhook {0}",
        "ask whoever runs this webhook to leave namespaces labelled course.autograder/workspace alone, or change the "
        "manifest under course/cluster so that it is let through",
    ),
    (
        r'failed calling webhook "([^"]+)"',
        "the admission webhook {0}, which does not answer",
        "its service must run, or its failurePolicy must be Ignore: ask whoever runs it",
    ),
    (
        r"ValidatingAdmissionPolicy '([^']+)'(?: with binding '([^']+)')?",
        "the ValidatingAdmissionPolicy {0} (binding {1})",
        "ask a cluster administrator to spare namespaces labelled course.autograder/workspace in this binding, or "
        "change the manifest under course/cluster so that it is let through",
    ),
    (
        r'violates PodSecurity "([^"]+)"',
        "Pod Security, level {0}",
        "the level is a label of the namespace: correct it in course/cluster/workspace, or what it forbids in the Pod",
    ),
    (
        r"exceeded quota: ([^,\s]+)",
        "the ResourceQuota {0}",
        "free some of it (`kubectl describe quota` in that namespace), or have the quota raised",
    ),
    (
        r"failed quota: ([^:\s]+): must specify ([^;]+)",
        "the ResourceQuota {0}, which wants {1} to be said",
        "the platform's LimitRange or the manifest under course/cluster must say them",
    ),
    (
        r"(?:minimum|maximum) \S+ usage per (?:Container|Pod)|must be (?:less|greater) than",
        "a LimitRange",
        "have the platform's LimitRange spare the course's namespaces, or change the resources that are asked for",
    ),
    (
        r"attempting to grant RBAC permissions not currently held",
        "RBAC: nobody may give rights that they do not hold",
        "have an administrator apply course/cluster/operator/instructor.yaml; it holds what a workspace's Roles give",
    ),
    (
        r'User "([^"]*)" cannot (\S+) resource "([^"]*)"',
        "RBAC: {0} may not {1} {2}",
        "have an administrator apply course/cluster/operator/instructor.yaml, or use another context",
    ),
    (
        r"being terminated",
        "the namespace, which is being deleted",
        "something removes the course's namespaces while they are in use: find out what (audit log), and try again",
    ),
    (
        r"[Uu]nauthorized|must be logged in",
        "the API server, which does not take these credentials",
        "sign in again (`kubectl auth whoami` shows as whom), or name another context",
    ),
)


def refusal(status: int, message: str) -> Refusal:
    """Who refused, going by what the API server answered."""
    for pattern, by, next_step in _RULES:
        if found := re.search(pattern, message):
            groups = [each or "unnamed" for each in found.groups()]
            return Refusal(by.format(*groups), next_step)
    if status == 401:
        return Refusal(*_RULES[-1][1:])
    if status in (403, 422) or "forbidden" in message:
        return Refusal("", "the sentence names what forbids it; change that, or the manifest under course/cluster")
    if 300 <= status < 400:
        return Refusal(
            "something before the API server, which answers with a redirection",
            "correct `server` in the kubeconfig: its path may be missing, or a sign-in page stands before it",
        )
    if status == 404:
        return Refusal("", "is `server` in the kubeconfig whole, with its path? Is what defines this kind installed?")
    return Refusal("", "run it again; if it stays, look at the API server")
