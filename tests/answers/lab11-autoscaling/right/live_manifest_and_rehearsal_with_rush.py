"""Manifest and request are reckoned from what is on the cluster, and a rush is rehearsed and waited for."""

# %% cell: ranker-manifest
import yaml
from kubernetes.utils.quantity import parse_quantity

allowance = core.read_namespaced_resource_quota("allowance", namespace).spec.hard
may_book = [1000 * parse_quantity(allowance[key]) for key in ("requests.cpu", "cpu") if key in allowance]
request = max(30, min([60, *(int((each - 40) / 6) for each in may_book)]))

live = kubernetes.client.ApiClient().sanitize_for_serialization(apps.read_namespaced_deployment("ranker", namespace))
manifest = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {"name": "ranker"},
    "spec": {key: value for key, value in live["spec"].items() if key != "replicas"},
}
container = next(each for each in manifest["spec"]["template"]["spec"]["containers"] if each["name"] == "ranker")
container["resources"]["requests"]["cpu"] = f"{request}m"
container["readinessProbe"] = {
    "httpGet": {"path": "/readyz", "port": "http"},
    "periodSeconds": 1,
    "timeoutSeconds": 3,
    "successThreshold": 1,
    "failureThreshold": 3,
}
with open("ranker.yaml", "w") as file:
    yaml.safe_dump(manifest, file, sort_keys=False)

# %% cell: ranker-apply
with open("ranker.yaml") as file:
    apps.patch_namespaced_deployment("ranker", namespace, yaml.safe_load(file))
#| !kubectl rollout status deployment/ranker --timeout=120s

# %% cell: autoscaler
import time

target = {"type": "AverageValue", "averageValue": "30m"}
kubernetes.client.AutoscalingV2Api().create_namespaced_horizontal_pod_autoscaler(
    namespace,
    {
        "apiVersion": "autoscaling/v2",
        "kind": "HorizontalPodAutoscaler",
        "metadata": {"generateName": "ranker-"},
        "spec": {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "ranker"},
            "minReplicas": 2,
            "maxReplicas": 6,
            "metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": target}}],
            "behavior": {"scaleDown": {"stabilizationWindowSeconds": 0}},
        },
    },
)


def wait_until(true, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end and not true():
        time.sleep(2)


def number():
    return apps.read_namespaced_deployment("ranker", namespace).spec.replicas


def ready():
    return apps.read_namespaced_deployment("ranker", namespace).status.ready_replicas or 0


def rushing():
    return [pod for pod in core.list_namespaced_pod(namespace).items if pod.metadata.name.startswith("rush-")]


wait_until(lambda: number() == 2 and ready() >= 2, 90)
#| !kubectl scale deployment rush --replicas=1
wait_until(lambda: number() > 2, 80)
#| !kubectl scale deployment rush --replicas=0
wait_until(lambda: not rushing(), 60)
time.sleep(30)  # a measurement of the rush may still be on its way
wait_until(lambda: number() == 2, 150)
