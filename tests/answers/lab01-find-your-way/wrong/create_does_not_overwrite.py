"""Wrong at first, and created again, which changes nothing that is there."""

LOSES = [
    "`port` is where the server behind the Service `inbox` listens, inside its Pod",
    "`missing` is the environment variable whose absence ends that program",
]

# %% cell: record-findings
service_port, pod_port, version, label = 9300, 8317, "1", "serves=inbox"
crashing, missing = "digest", "DIGEST_TO"
#| !kubectl create configmap findings --from-literal=port={service_port} --from-literal=address=http://inbox:{service_port} --from-literal=version={version} --from-literal=label={label} --from-literal=crashing={crashing} --from-literal=missing=KeyError
# second try, now right
#| !kubectl create configmap findings --from-literal=port={pod_port} --from-literal=address=http://inbox:{service_port} --from-literal=version={version} --from-literal=label={label} --from-literal=crashing={crashing} --from-literal=missing={missing}
