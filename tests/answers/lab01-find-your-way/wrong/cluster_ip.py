"""The Service's address of four numbers, as it was in yesterday's namespace."""

LOSES = [
    "`address` reaches that server through the Service",
]

# %% cell: record-findings
facts = "--from-literal=port=8317 --from-literal=address=http://10.96.207.209:9300 --from-literal=version=1"
facts += " --from-literal=label=serves=inbox --from-literal=crashing=digest --from-literal=missing=DIGEST_TO"
#| !kubectl create configmap findings {facts}
