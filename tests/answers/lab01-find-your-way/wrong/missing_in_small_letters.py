"""The variable in small letters, and a path behind the address."""

LOSES = [
    "`address` reaches that server through the Service",
    "`missing` is the environment variable whose absence ends that program",
]

# %% cell: record-findings
service_port, pod_port, version, label = 9300, 8317, "1", "serves=inbox"
crashing, missing = "digest", "DIGEST_TO"
#| !kubectl create configmap findings --from-literal=port={pod_port} --from-literal=address=http://inbox:{service_port}/version --from-literal=version={version} --from-literal=label={label} --from-literal=crashing={crashing} --from-literal=missing={missing.lower()}
