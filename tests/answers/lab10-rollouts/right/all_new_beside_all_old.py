"""By patches from Python: four new Pods beside four old ones (maxSurge 100%), a readiness probe that is a command in the container, a hook that is a command; the canary is a changed copy whose selector has a label of its own only."""

# %% cell: ship-version-2
ASK = (
    "import http.client as h; c = h.HTTPConnection('127.0.0.1', 8080, timeout=3); "
    "c.request('GET', '/readyz'); raise SystemExit(int(c.getresponse().status != 200))"
)
apps.patch_namespaced_deployment("eta", namespace, {"spec": {
    "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": "100%", "maxUnavailable": 0}},
    "template": {"spec": {"containers": [{
        "name": "server",
        "env": [{"name": "VERSION", "value": "2"}],
        "readinessProbe": {
            "httpGet": None,
            "exec": {"command": ["python", "-c", ASK]},
            "periodSeconds": 2,
            "timeoutSeconds": 5,
        },
        "lifecycle": {"preStop": {"exec": {"command": ["sleep", "6"]}}},
    }]}},
}})
#| !kubectl rollout status deployment/eta --timeout=120s

# %% cell: roll-back
import time


def set_version(version):
    apps.patch_namespaced_deployment("eta", namespace, {"spec": {"template": {"spec": {"containers": [
        {"name": "server", "env": [{"name": "VERSION", "value": version}]},
    ]}}}})


set_version("3")
time.sleep(12)
print(apps.read_namespaced_deployment_status("eta", namespace).status.unavailable_replicas, "of version 3 do not come up")
#| !kubectl rollout undo deployment/eta
#| !kubectl rollout status deployment/eta --timeout=90s

# %% cell: canary
def copy_of_eta(name, replicas, version, **labels):
    spec = apps.read_namespaced_deployment("eta", namespace).spec
    spec.replicas = replicas
    spec.selector.match_labels = labels
    spec.template.metadata.labels = {"app": "eta", **labels}
    for one in spec.template.spec.containers[0].env:
        if one.name == "VERSION":
            one.value = str(version)
    return kubernetes.client.V1Deployment(metadata=kubernetes.client.V1ObjectMeta(name=name), spec=spec)


apps.create_namespaced_deployment(namespace, copy_of_eta("four-for-some", 1, 4, release="four"))
#| !kubectl rollout status deployment/four-for-some --timeout=60s
