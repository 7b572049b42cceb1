"""The cells for looking are empty, and everything is found out in the last one."""

# %% cell: look-server

# %% cell: look-restarts

# %% cell: record-findings
# the same with the Python client
import json, os, re, subprocess, time
from kubernetes.client import DiscoveryV1Api

def sh(line):
    return subprocess.run(line, shell=True, capture_output=True, text=True).stdout.strip()

service = core.read_namespaced_service("inbox", namespace)
service_port = service.spec.ports[0].port
label = ",".join(f"{key}={value}" for key, value in service.spec.selector.items())
for _ in range(60):
    slices = DiscoveryV1Api().list_namespaced_endpoint_slice(namespace, label_selector="kubernetes.io/service-name=inbox").items
    found = [(each, one) for each in slices for one in each.endpoints or [] if one.conditions and one.conditions.ready]
    if found:
        break
    time.sleep(2)
pod_port = found[0][0].ports[0].port
pod = found[0][1].target_ref.name
server = pod.rsplit("-", 2)[0]

first = sh(f"kubectl logs {pod} | head -n 1")
reply = sh(f"kubectl get --raw /api/v1/namespaces/{namespace}/services/inbox:{service_port}/proxy/version")
number = r"\d+(?:\.\d+)*"
named = re.findall(rf"version\W{{0,3}}v?({number})", first, re.I)
both = [each for each in re.findall(number, first) if each in re.findall(number, reply) and each != str(pod_port)]
version = (named + both + re.findall(number, reply) + ["?"])[0]
print(service_port, pod_port, label, server, version)

# who has restarts, and what does it say? (it may take a moment until it has fallen over)
crash_pod, log, fatal = "", "", []
for _ in range(100):
    items = json.loads(sh("kubectl get pods -o json") or '{"items": []}')["items"]
    for each in items:
        if each["metadata"].get("deletionTimestamp") or (each["metadata"].get("labels") or {}).get("lesson") == "example":
            continue  # what is left of the clock and the bell
        if any(one.get("restartCount") for one in each["status"].get("containerStatuses") or []):
            name = each["metadata"]["name"]
            text = sh(f"kubectl logs {name}") + "\n" + sh(f"kubectl logs {name} --previous")
            if re.search(r"KeyError: '\w+'", text):
                crash_pod, log, fatal = name, text, re.findall(r"KeyError: '(\w+)'", text)
    if fatal:
        break
    time.sleep(2)
crashing = crash_pod.rsplit("-", 2)[0]
missing = fatal[-1] if fatal else "?"
print(crashing, missing)
body = kubernetes.client.V1ConfigMap(metadata=kubernetes.client.V1ObjectMeta(name="findings"), data=dict(
    port=f"{pod_port}\n", address=f"http://inbox:{service_port}\n", version=f"{version}\n", label=f"{label}\n", crashing=f"{crashing}\n", missing=f"{missing}\n"))
core.create_namespaced_config_map(namespace, body)
core.replace_namespaced_config_map("findings", namespace, body).metadata.uid
