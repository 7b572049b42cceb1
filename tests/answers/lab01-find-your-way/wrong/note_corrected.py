"""The note is corrected, by making it anew: it is immutable."""

LOSES = [
    "what was given is still there, and nobody has changed it",
]

# %% cell: record-findings
facts = "--from-literal=port=8317 --from-literal=address=http://inbox:9300 --from-literal=version=1"
facts += " --from-literal=label=serves=inbox --from-literal=crashing=digest --from-literal=missing=DIGEST_TO"
#| !kubectl create configmap findings {facts}
#| !kubectl delete configmap handover
#| !kubectl create configmap handover --from-literal=note='it listens on 8317' --from-literal=given='service/inbox'
