"""A given Deployment exported and applied, which writes an annotation onto it."""

LOSES = [
    "what was given is still there, and nobody has changed it",
]

# %% cell: record-findings
service_port, pod_port, version, label, server = 9300, 8317, "1", "serves=inbox", "sorter"
crashing, missing = "digest", "DIGEST_TO"
#| !kubectl create configmap findings --from-literal=port={pod_port} --from-literal=address=http://inbox:{service_port} --from-literal=version={version} --from-literal=label={label} --from-literal=crashing={crashing} --from-literal=missing={missing}
# a backup, and see whether it can be applied
#| !kubectl get deployment {server} -o yaml > backup.yaml
#| !kubectl apply -f backup.yaml
