"""Nothing is typed in: every value is taken from the cluster by a command."""

# %% cell: look-server
#| !kubectl rollout status deployment/sorter --timeout=90s
#| port = !kubectl get endpointslices -l kubernetes.io/service-name=inbox -o jsonpath='{{.items[0].ports[0].port}}'
#| own = !kubectl get service inbox -o jsonpath='{{.spec.ports[0].port}}'
label = [f"{key}={value}" for key, value in core.read_namespaced_service("inbox", namespace).spec.selector.items()]
#| lines = !kubectl logs -l {label[0]} --tail=-1

# %% cell: look-restarts
#| !kubectl wait pods -l app=digest --for=jsonpath='{{.status.containerStatuses[0].lastState.terminated.exitCode}}'=1 --timeout=90s
import re
import time

missing = []
while not missing:
#|     text = !kubectl logs deployment/digest
    missing = re.findall(r"KeyError: '(\w+)'", "\n".join(text))
    time.sleep(0 if missing else 1)

# %% cell: record-findings
facts = {
    "port": port[0],
    "address": f"http://inbox:{own[0]}",
    "version": lines[0].split()[1].rstrip(":"),
    "label": label[0],
    "crashing": "digest",
    "missing": missing[-1],
}
core.create_namespaced_config_map(namespace, {"metadata": {"name": "findings"}, "data": facts})
