"""The Pod's name, as it was called when somebody looked."""

LOSES = [
    "`crashing` is the Deployment whose Pod ends again and again",
]

# %% cell: record-findings
facts = "--from-literal=port=8317 --from-literal=address=http://inbox:9300 --from-literal=version=1"
facts += " --from-literal=label=serves=inbox --from-literal=crashing=digest-65b48bd98c-tl2st --from-literal=missing=DIGEST_TO"
#| !kubectl create configmap findings {facts}
