"""One key misspelt, and a label without its value."""

LOSES = [
    "`address` reaches that server through the Service",
    "`label` is the one by which the Service finds its Pods",
]

# %% cell: record-findings
service_port, pod_port, version, label = 9300, 8317, "1", "serves=inbox"
crashing, missing = "digest", "DIGEST_TO"
#| !kubectl create configmap findings --from-literal=port={pod_port} --from-literal=adress=http://inbox:{service_port} --from-literal=version={version} --from-literal=label={label.partition('=')[0]} --from-literal=crashing={crashing} --from-literal=missing={missing}
