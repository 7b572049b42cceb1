"""Scaled up and back again: as before, but not untouched."""

LOSES = [
    "what was given is still there, and nobody has changed it",
]

# %% cell: record-findings
facts = "--from-literal=port=8317 --from-literal=address=http://inbox:9300 --from-literal=version=1"
facts += " --from-literal=label=serves=inbox --from-literal=crashing=digest --from-literal=missing=DIGEST_TO"
#| !kubectl create configmap findings {facts}
#| !kubectl scale deployment sorter --replicas=2
#| !kubectl scale deployment sorter --replicas=1
