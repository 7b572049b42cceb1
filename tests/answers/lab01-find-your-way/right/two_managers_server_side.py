"""In two halves, by two managers, server-side."""

# %% cell: record-findings
import json
import subprocess
service_port, pod_port, version, label, server = 9300, 8317, "1", "serves=inbox", "sorter"
crashing, missing = "digest", "DIGEST_TO"
def half(manager, data):
    made = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "findings"}, "data": data}
    done = subprocess.run(["kubectl", "apply", "--server-side", f"--field-manager={manager}", "-f", "-"], input=json.dumps(made), text=True, capture_output=True)
    print(done.stdout, done.stderr)

half("first-question", {"port": str(pod_port), "address": f"http://inbox:{service_port}", "version": version, "label": label})
half("second-question", {"crashing": crashing, "missing": missing})  # another manager: takes nothing away from the first
