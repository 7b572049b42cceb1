"""A student's place on the cluster for one lab: made, handed out, removed, and found again after a crash.

Student code is hostile until shown otherwise, and everything it can do to a cluster it does with the rights
of a workspace: so what a workspace allows is the whole of the damage. The rights, quotas and policies are
manifests under `course/cluster/`; this package fills them in, waits until they are in force, and takes them
away again.

    naming       what the workspaces are called, and the labels they are found by
    manifests    course/cluster/*.yaml → objects, all of them inside the workspace's own namespaces
    requesting   the API server, spoken to plainly: a request and its answer, a watch with a deadline
    network      where the API server is, for the NetworkPolicies
    credentials  short-lived tokens → kubeconfigs
    posting      one object → where the API keeps its kind
    rights       what an instructor must be allowed, worked out from the manifests
    preparing    rights, what labs need of the cluster, leftovers: seen to before the first workspace
    needing      what a lab's needs.toml asks for: nodes, classes, metrics
    defining     kinds of objects that it asks for
    pulling      the course's images, tried with one Pod
    creating     objects → a workspace that is ready to be used
    guarding     guardrails that somebody took away → put back before anybody judges
    removing     by label, by watching; leftovers of a crash
    freeing      finalizers that nobody serves, API servers that do not answer

It leaves alone whatever does not carry the course's label, and knows nothing of notebooks and grades.
"""

from autograder.workspace.creating import create, open_workspace
from autograder.workspace.manifests import course_root
from autograder.workspace.place import Workspace
from autograder.workspace.preparing import install_shared, prepare
from autograder.workspace.removing import Leftover, Removed, list_workspaces, remove, sweep
from autograder.workspace.rights import instructor_manifest, lacking_rights

__all__ = [
    "Leftover",
    "Removed",
    "Workspace",
    "course_root",
    "create",
    "install_shared",
    "instructor_manifest",
    "lacking_rights",
    "list_workspaces",
    "open_workspace",
    "prepare",
    "remove",
    "sweep",
]
