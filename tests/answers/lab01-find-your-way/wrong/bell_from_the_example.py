"""The bell of the worked example for the one that fails, and its file for the variable."""

LOSES = [
    "`crashing` is the Deployment whose Pod ends again and again",
    "`missing` is the environment variable whose absence ends that program",
]

# %% cell: record-findings
import os
service_port, pod_port, version, label = 9300, 8317, "1", "serves=inbox"
crashing, missing = "digest", "DIGEST_TO"
image = (images or os.environ.get("AUTOGRADER_IMAGES", "localhost:5000")) + "/python:1"
#| !kubectl create deployment bell --image={image} -- python -c "open('/srv/tune.txt')"
#| !kubectl create configmap findings --from-literal=port={pod_port} --from-literal=address=http://inbox:{service_port} --from-literal=version={version} --from-literal=label={label} --from-literal=crashing=bell --from-literal=missing=/srv/tune.txt
