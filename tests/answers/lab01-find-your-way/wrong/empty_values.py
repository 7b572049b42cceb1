"""The keys are there, for later, and say nothing."""

LOSES = [
    "`port` is where the server behind the Service `inbox` listens, inside its Pod",
    "`address` reaches that server through the Service",
    "`label` is the one by which the Service finds its Pods",
    "`version` is the one of the model that answers behind the Service",
    "`crashing` is the Deployment whose Pod ends again and again",
    "`missing` is the environment variable whose absence ends that program",
]

# %% cell: record-findings
facts = "--from-literal=port= --from-literal=address= --from-literal=version="
facts += " --from-literal=label= --from-literal=crashing= --from-literal=missing="
#| !kubectl create configmap findings {facts}
