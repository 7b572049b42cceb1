"""Wrong at first, and put right by a patch."""

# %% cell: record-findings
facts = "--from-literal=port=8080 --from-literal=address=http://inbox:9300 --from-literal=version=2"
facts += " --from-literal=label=serves=inbox --from-literal=crashing=digest --from-literal=missing=DIGEST_EVERY_H"
#| !kubectl create configmap findings {facts}
patch = '{"data": {"port": "8317", "version": "1", "missing": "DIGEST_TO"}}'
#| !kubectl patch configmap findings --patch='{patch}'
