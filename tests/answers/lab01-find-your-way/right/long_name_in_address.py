"""The long name of the Service, with the namespace filled in."""

# %% cell: record-findings
service_port, pod_port, version, label = 9300, 8317, "1", "serves=inbox"
crashing, missing = "digest", "DIGEST_TO"
#| !kubectl create configmap findings --from-literal=port={pod_port} --from-literal=address=http://inbox.{namespace}.svc:{service_port} --from-literal=version={version} --from-literal=label={label} --from-literal=crashing={crashing} --from-literal=missing={missing}
