"""The Service's own port is written down as the server's."""

LOSES = [
    "`port` is where the server behind the Service `inbox` listens, inside its Pod",
]

# %% cell: record-findings
facts = "--from-literal=port=9300 --from-literal=address=http://inbox:9300 --from-literal=version=1"
facts += " --from-literal=label=serves=inbox --from-literal=crashing=digest --from-literal=missing=DIGEST_TO"
#| !kubectl create configmap findings {facts}
