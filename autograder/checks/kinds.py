"""`deployment/sentiment` and where the API keeps it.

The kinds that labs use are known without asking; any other is written `kind.group/name` and looked up once in
the API server's own list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from autograder.checks.api import Api, JsonObject
from autograder.errors import ClusterError

_KNOWN = """
v1 pods Pod po
v1 services Service svc
v1 configmaps ConfigMap cm
v1 secrets Secret
v1 serviceaccounts ServiceAccount sa
v1 persistentvolumeclaims PersistentVolumeClaim pvc
v1 resourcequotas ResourceQuota quota
v1 limitranges LimitRange limits
v1 replicationcontrollers ReplicationController rc
v1 endpoints Endpoints ep
v1 events Event ev
v1 namespaces Namespace ns
v1 nodes Node no
v1 persistentvolumes PersistentVolume pv
apps/v1 deployments Deployment deploy
apps/v1 replicasets ReplicaSet rs
apps/v1 statefulsets StatefulSet sts
apps/v1 daemonsets DaemonSet ds
apps/v1 controllerrevisions ControllerRevision
batch/v1 jobs Job
batch/v1 cronjobs CronJob cj
autoscaling/v2 horizontalpodautoscalers HorizontalPodAutoscaler hpa
policy/v1 poddisruptionbudgets PodDisruptionBudget pdb
discovery.k8s.io/v1 endpointslices EndpointSlice
networking.k8s.io/v1 networkpolicies NetworkPolicy netpol
networking.k8s.io/v1 ingresses Ingress ing
rbac.authorization.k8s.io/v1 roles Role
rbac.authorization.k8s.io/v1 rolebindings RoleBinding
rbac.authorization.k8s.io/v1 clusterroles ClusterRole
rbac.authorization.k8s.io/v1 clusterrolebindings ClusterRoleBinding
storage.k8s.io/v1 storageclasses StorageClass sc
metrics.k8s.io/v1beta1 podmetrics PodMetrics
"""
_CLUSTER_WIDE = {"Namespace", "Node", "PersistentVolume", "ClusterRole", "ClusterRoleBinding", "StorageClass"}


@dataclass(frozen=True)
class Kind:
    """One kind of object."""

    api_version: str
    """`v1` or `group/version`"""
    plural: str
    """as in paths and roles: `deployments`"""
    name: str
    """as in manifests: `Deployment`"""
    namespaced: bool = True
    """whether its objects lie in namespaces"""

    @property
    def group(self) -> str:
        return self.api_version.rpartition("/")[0]

    def collection(self, namespace: str) -> str:
        """The path under which the objects of a namespace lie."""
        root = f"/apis/{self.api_version}" if self.group else f"/api/{self.api_version}"
        return f"{root}/namespaces/{namespace}/{self.plural}" if self.namespaced else f"{root}/{self.plural}"


@dataclass(frozen=True)
class Target:
    """One object, whether it exists or not."""

    kind: Kind
    """what it is"""
    name: str
    """its name"""
    namespace: str
    """where it lies; of no meaning for kinds outside namespaces"""

    @property
    def path(self) -> str:
        return f"{self.kind.collection(self.namespace)}/{self.name}"

    def __str__(self) -> str:
        return f"{self.kind.name} `{self.name}`"


def _known() -> dict[str, Kind]:
    kinds = {}
    for line in _KNOWN.split("\n"):
        if line:
            api_version, plural, name, *short = line.split()
            kind = Kind(api_version, plural, name, name not in _CLUSTER_WIDE)
            for spelling in (plural, name.lower(), f"{plural}.{kind.group}", f"{name.lower()}.{kind.group}", *short):
                kinds[spelling.rstrip(".")] = kind
    return kinds


KNOWN = _known()
_found: dict[tuple[int, str], Kind] = {}


def kind_of(api: Api, spelling: str) -> Kind:
    """The kind that `deployment`, `deploy`, `deployments` or `daskcluster.kubernetes.dask.org` means.

    Raises:
        ClusterError: the cluster has no such kind.
    """
    spelling = spelling.lower()
    if spelling in KNOWN:
        return KNOWN[spelling]
    key = (id(api), spelling)
    if key not in _found:
        _found[key] = _look_up(api, spelling)
    return _found[key]


def target_of(api: Api, written: str | JsonObject | Target, namespace: str | None = None) -> Target:
    """The object that a check means by `kind/name`, or by an object that it already holds.

    Raises:
        ClusterError: it is written in a way that means nothing.
    """
    if isinstance(written, Target):
        return written
    if isinstance(written, dict):
        return _target_of_object(api, written)
    spelling, slash, name = written.partition("/")
    if not slash or not name or "/" in name:
        raise ClusterError(f"{written!r} names no object", expected="something like 'deployment/sentiment'")
    return Target(kind_of(api, spelling), name, namespace or api.place.namespace)


def _target_of_object(api: Api, document: JsonObject) -> Target:
    metadata = document.get("metadata") or {}
    name = str(document.get("kind") or "Pod")  # a list's items come without their kind
    group = str(document.get("apiVersion") or "v1").rpartition("/")[0]
    kind = kind_of(api, f"{name.lower()}.{group}".rstrip("."))
    return Target(kind, str(metadata.get("name", "")), str(metadata.get("namespace") or api.place.namespace))


def _look_up(api: Api, spelling: str) -> Kind:
    name, _, group = spelling.partition(".")
    listed: JsonObject = (api.ask("GET", f"/apis/{group}") if group else None) or {}
    version = str((listed.get("preferredVersion") or {}).get("groupVersion", "")) if group else "v1"
    root = f"/apis/{version}" if group else f"/api/{version}"
    resources: list[dict[str, Any]] = ((api.ask("GET", root) if version else None) or {}).get("resources", [])
    for entry in resources:
        if name in (entry.get("name"), entry.get("singularName"), str(entry.get("kind")).lower()):
            return Kind(version, entry["name"], entry["kind"], bool(entry.get("namespaced")))
    raise ClusterError(
        f"the cluster knows no kind {spelling!r}",
        next_step="is what defines it installed? write others than the usual kinds as kind.group/name",
    )
