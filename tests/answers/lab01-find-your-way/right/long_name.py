"""The whole name of the Service, as the cluster's DNS has it, with the namespace filled in and a slash at the end."""

# %% cell: record-findings
facts = f"--from-literal=port=8317 --from-literal=address=http://inbox.{namespace}.svc.cluster.local:9300/ --from-literal=version=1"
facts += " --from-literal=label=serves=inbox --from-literal=crashing=digest --from-literal=missing=DIGEST_TO"
#| !kubectl create configmap findings {facts}
