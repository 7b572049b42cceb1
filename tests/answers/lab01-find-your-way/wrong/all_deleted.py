"""A thorough tidying up: every Deployment of the namespace, where the example's were meant."""

LOSES = [
    "`port` is where the server behind the Service `inbox` listens, inside its Pod",
    "`address` reaches that server through the Service",
    "`version` is the one of the model that answers behind the Service",
    "`crashing` is the Deployment whose Pod ends again and again",
    "`missing` is the environment variable whose absence ends that program",
    "what was given is still there, and nobody has changed it",
]

# %% cell: record-findings
facts = "--from-literal=port=8317 --from-literal=address=http://inbox:9300 --from-literal=version=1"
facts += " --from-literal=label=serves=inbox --from-literal=crashing=digest --from-literal=missing=DIGEST_TO"
#| !kubectl create configmap findings {facts}
#| !kubectl delete deployments --all
