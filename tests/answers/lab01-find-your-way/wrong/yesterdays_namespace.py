"""The longer name of the Service, with the name of the namespace in which it was tried."""

LOSES = [
    "`address` reaches that server through the Service",
]

# %% cell: record-findings
facts = "--from-literal=port=8317 --from-literal=address=http://inbox.lab01-ada-c6ldb7nq:9300 --from-literal=version=1"
facts += " --from-literal=label=serves=inbox --from-literal=crashing=digest --from-literal=missing=DIGEST_TO"
#| !kubectl create configmap findings {facts}
