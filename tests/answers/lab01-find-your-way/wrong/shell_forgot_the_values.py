"""Shell variables that the next line's shell does not know: every value is empty."""

LOSES = [
    "`port` is where the server behind the Service `inbox` listens, inside its Pod",
    "`address` reaches that server through the Service",
    "`label` is the one by which the Service finds its Pods",
    "`version` is the one of the model that answers behind the Service",
    "`crashing` is the Deployment whose Pod ends again and again",
    "`missing` is the environment variable whose absence ends that program",
]

# %% cell: record-findings
version, label = "1", "serves=inbox"
crashing, missing = "digest", "DIGEST_TO"
#| !FOUND_PORT=$(kubectl get endpointslices -l kubernetes.io/service-name=inbox -o jsonpath='{{.items[0].ports[0].port}}')
#| !FOUND_ADDRESS=http://inbox:$(kubectl get service inbox -o jsonpath='{{.spec.ports[0].port}}')
#| !FOUND_VERSION=see-log; FOUND_LABEL=see-describe; FOUND_CRASHING=see-pods; FOUND_MISSING=see-log
#| !kubectl create configmap findings --from-literal=port=$FOUND_PORT --from-literal=address=$FOUND_ADDRESS --from-literal=version=$FOUND_VERSION --from-literal=label=$FOUND_LABEL --from-literal=crashing=$FOUND_CRASHING --from-literal=missing=$FOUND_MISSING
