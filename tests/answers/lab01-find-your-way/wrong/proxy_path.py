"""The way through the API server, which is for those outside, instead of what a Pod writes."""

LOSES = [
    "`address` reaches that server through the Service",
]

# %% cell: record-findings
facts = "--from-literal=port=8317 --from-literal=address=http://inbox:9300/proxy/version --from-literal=version=1"
facts += " --from-literal=label=serves=inbox --from-literal=crashing=digest --from-literal=missing=DIGEST_TO"
#| !kubectl create configmap findings {facts}
