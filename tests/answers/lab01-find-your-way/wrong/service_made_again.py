"""The Service was deleted by mistake and made again, port for port."""

LOSES = [
    "what was given is still there, and nobody has changed it",
]

# %% cell: record-findings
facts = "--from-literal=port=8317 --from-literal=address=http://inbox:9300 --from-literal=version=1"
facts += " --from-literal=label=serves=inbox --from-literal=crashing=digest --from-literal=missing=DIGEST_TO"
#| !kubectl create configmap findings {facts}
#| !kubectl delete service inbox
#| !kubectl expose deployment sorter --name=inbox --port=9300 --target-port=model
