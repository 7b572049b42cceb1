"""The Deployment called `sentiment` is taken for the one that answers: its port, its version, and the label that both share."""

LOSES = [
    "`port` is where the server behind the Service `inbox` listens, inside its Pod",
    "`label` is the one by which the Service finds its Pods",
    "`version` is the one of the model that answers behind the Service",
]

# %% cell: record-findings
facts = "--from-literal=port=8471 --from-literal=address=http://inbox:9300 --from-literal=version=2"
facts += " --from-literal=label=app=sentiment --from-literal=crashing=digest --from-literal=missing=DIGEST_TO"
#| !kubectl create configmap findings {facts}
