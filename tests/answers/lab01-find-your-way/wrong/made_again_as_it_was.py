"""The one that fails deleted and made again as it was."""

LOSES = [
    "`crashing` is the Deployment whose Pod ends again and again",
    "`missing` is the environment variable whose absence ends that program",
    "what was given is still there, and nobody has changed it",
]

# %% cell: record-findings
import time
service_port, pod_port, version, label = 9300, 8317, "1", "serves=inbox"
crashing, missing = "digest", "DIGEST_TO"
#| !kubectl create configmap findings --from-literal=port={pod_port} --from-literal=address=http://inbox:{service_port} --from-literal=version={version} --from-literal=label={label} --from-literal=crashing={crashing} --from-literal=missing={missing}
# have I broken it? a clean one, to be sure
#| !kubectl get deployment {crashing} -o yaml | kubectl replace --force -f -
time.sleep(30)
