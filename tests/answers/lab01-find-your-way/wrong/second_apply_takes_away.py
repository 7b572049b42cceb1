"""Handed over a second time with fewer keys, which takes the others away."""

LOSES = [
    "`port` is where the server behind the Service `inbox` listens, inside its Pod",
    "`address` reaches that server through the Service",
    "`label` is the one by which the Service finds its Pods",
    "`version` is the one of the model that answers behind the Service",
]

# %% cell: record-findings
import json
import subprocess
service_port, pod_port, version, label = 9300, 8317, "1", "serves=inbox"
crashing, missing = "digest", "DIGEST_TO"
def apply(data):
    made = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "findings"}, "data": data}
    print(subprocess.run(["kubectl", "apply", "-f", "-"], input=json.dumps(made), text=True, capture_output=True).stdout)

apply({"port": str(pod_port), "address": f"http://inbox:{service_port}", "version": version, "label": label})
apply({"crashing": crashing, "missing": missing})
