"""A mended copy of the one that fails, under another name."""

# %% cell: record-findings
import json
import subprocess


def sh(line):
    return subprocess.run(line, shell=True, capture_output=True, text=True).stdout.strip()


service_port, pod_port, version, label = 9300, 8317, "1", "serves=inbox"
crashing, missing = "digest", "DIGEST_TO"
#| !kubectl create configmap findings --from-literal=port={pod_port} --from-literal=address=http://inbox:{service_port} --from-literal=version={version} --from-literal=label={label} --from-literal=crashing={crashing} --from-literal=missing={missing}
# my fingers itch: a copy of it, under another name
copy = json.loads(sh(f"kubectl get deployment {crashing} -o json"))
spec = copy["spec"]
mine = {"app": f"{crashing}-mended"}
spec["selector"] = {"matchLabels": mine}
spec["template"]["metadata"] = {"labels": mine}
spec["template"]["spec"]["containers"][0].setdefault("env", []).append({"name": missing, "value": "http://example.org/"})
made = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": f"{crashing}-mended"}, "spec": spec}
print(subprocess.run(["kubectl", "create", "-f", "-"], input=json.dumps(made), text=True, capture_output=True))
