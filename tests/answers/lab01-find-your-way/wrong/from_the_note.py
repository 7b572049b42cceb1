"""The note is believed: port 8080 and version 2, as somebody remembered them."""

LOSES = [
    "`port` is where the server behind the Service `inbox` listens, inside its Pod",
    "`version` is the one of the model that answers behind the Service",
]

# %% cell: record-findings
facts = "--from-literal=port=8080 --from-literal=address=http://inbox:9300 --from-literal=version=2"
facts += " --from-literal=label=serves=inbox --from-literal=crashing=digest --from-literal=missing=DIGEST_TO"
#| !kubectl create configmap findings {facts}
