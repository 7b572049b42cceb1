"""The address of a Service of one's own that leads to the same Pods."""

LOSES = [
    "`address` reaches that server through the Service",
]

# %% cell: record-findings
service_port, pod_port, version, label, server = 9300, 8317, "1", "serves=inbox", "sorter"
crashing, missing = "digest", "DIGEST_TO"
#| !kubectl expose deployment {server} --name=inbox-direct --port={service_port} --target-port={pod_port}
#| !kubectl create configmap findings --from-literal=port={pod_port} --from-literal=address=http://inbox-direct:{service_port} --from-literal=version={version} --from-literal=label={label} --from-literal=crashing={crashing} --from-literal=missing={missing}
