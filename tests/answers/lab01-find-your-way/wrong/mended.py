"""The missing variable was found, and set: the digest goes out, and nothing is left to compare the findings with."""

LOSES = [
    "`crashing` is the Deployment whose Pod ends again and again",
    "`missing` is the environment variable whose absence ends that program",
    "what was given is still there, and nobody has changed it",
]

# %% cell: record-findings
#| !kubectl set env deployment/digest DIGEST_TO=support
facts = "--from-literal=port=8317 --from-literal=address=http://inbox:9300 --from-literal=version=1"
facts += " --from-literal=label=serves=inbox --from-literal=crashing=digest --from-literal=missing=DIGEST_TO"
#| !kubectl create configmap findings {facts}
