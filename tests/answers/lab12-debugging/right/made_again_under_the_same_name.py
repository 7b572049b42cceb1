"""Deployments embedder and forecast and the Service lookup are deleted and made again under their names, from what was there."""
# %% cell: repair-not-started
import json
import re
import subprocess


def kubectl(*arguments, given=None):
    done = subprocess.run(["kubectl", *arguments], input=given, capture_output=True, text=True)
    print(done.stdout[-300:], done.stderr)
    return done.stdout


def made_again(name, change):
    old = json.loads(subprocess.run(["kubectl", "get", "deployment", name, "-o", "json"], capture_output=True, text=True, check=True).stdout)
    new = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name, "labels": old["metadata"].get("labels") or {}}, "spec": old["spec"]}
    change(new["spec"]["template"]["spec"])
    kubectl("delete", "deployment", name, "--cascade=foreground", "--timeout=60s")
    kubectl("create", "-f", "-", given=json.dumps(new))


made_again("forecast", lambda spec: spec.pop("nodeSelector"))
kubectl("set", "image", "deployment/reviews", f"*={images}/sentiment:2")
# %% cell: repair-restarting
def smaller(spec):
    [container] = spec["containers"]
    container["env"] = [each for each in container.get("env", []) if each["name"] != "BATCH"] + [{"name": "BATCH", "value": "32"}]
    container["resources"] = {"requests": {"memory": "64Mi", "cpu": "20m"}, "limits": {"memory": "100Mi", "cpu": "500m"}}


made_again("embedder", smaller)
listed = kubectl("set", "env", "deployment/pricer", "--list").splitlines()
which = [line.split("=")[0] for line in listed if re.fullmatch("eur[a-z]*", line.partition("=")[2], re.I)] or ["CURRENCY"]
kubectl("set", "env", "deployment/pricer", f"{which[0]}=EUR")
# %% cell: repair-unreachable
service = core.read_namespaced_service("lookup", namespace)
core.delete_namespaced_service("lookup", namespace)
wanted = apps.read_namespaced_deployment("lookup", namespace).spec.selector.match_labels
core.create_namespaced_service(
    namespace,
    {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "lookup"},
        "spec": {
            "selector": {**wanted, "app": "lookup"},
            "ports": [{"name": "http", "port": 80, "targetPort": service.spec.ports[0].target_port}],
        },
    },
)
# %% cell: record-findings
words = {"reviews": "image", "forecast": "node", "embedder": "memory", "pricer": "exception", "lookup": "selector"}
with open("findings.env", "w") as file:
    file.writelines(f"{name}={word}\n" for name, word in words.items())
#| !kubectl create configmap findings --from-env-file=findings.env
