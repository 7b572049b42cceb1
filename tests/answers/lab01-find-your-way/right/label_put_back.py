"""A label put onto a given Deployment and taken off again, which leaves no trace."""

# %% cell: record-findings
service_port, pod_port, version, label, server = 9300, 8317, "1", "serves=inbox", "sorter"
crashing, missing = "digest", "DIGEST_TO"
# mark it while I look at it, and take the mark off again
#| !kubectl label deployment {server} looking=me
#| !kubectl get deployments -l looking=me
#| !kubectl label deployment {server} looking-
#| !kubectl create configmap findings --from-literal=port={pod_port} --from-literal=address=http://inbox:{service_port} --from-literal=version={version} --from-literal=label={label} --from-literal=crashing={crashing} --from-literal=missing={missing}
