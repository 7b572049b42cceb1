"""Copied from the worked example, with what was true of the clock and the bell."""

LOSES = [
    "`port` is where the server behind the Service `inbox` listens, inside its Pod",
    "`address` reaches that server through the Service",
    "`label` is the one by which the Service finds its Pods",
    "`version` is the one of the model that answers behind the Service",
    "`crashing` is the Deployment whose Pod ends again and again",
    "`missing` is the environment variable whose absence ends that program",
]

# %% cell: record-findings
facts = "--from-literal=port=7411 --from-literal=address=http://clock:7400 --from-literal=version=1.0"
facts += " --from-literal=label=app=clock --from-literal=crashing=bell --from-literal=missing=/srv/tune.txt"
#| !kubectl create configmap findings {facts}
