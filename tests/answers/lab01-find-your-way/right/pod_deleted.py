"""The Pod that fails was deleted, to see it fail from its start, and one behind the Service as well."""

# %% cell: record-findings
#| !kubectl delete pods -l app=digest
#| !kubectl delete pods -l serves=inbox
facts = "--from-literal=port=8317 --from-literal=address=http://inbox:9300 --from-literal=version=1"
facts += " --from-literal=label=serves=inbox --from-literal=crashing=digest --from-literal=missing=DIGEST_TO"
#| !kubectl create configmap findings {facts}
