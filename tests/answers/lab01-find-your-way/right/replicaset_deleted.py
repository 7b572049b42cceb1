"""The ReplicaSet of a given Deployment deleted, which its Deployment makes anew."""

# %% cell: record-findings
import subprocess


def sh(line):
    return subprocess.run(line, shell=True, capture_output=True, text=True).stdout.strip()


service_port, pod_port, version, label, server = 9300, 8317, "1", "serves=inbox", "sorter"
crashing, missing = "digest", "DIGEST_TO"
#| !kubectl create configmap findings --from-literal=port={pod_port} --from-literal=address=http://inbox:{service_port} --from-literal=version={version} --from-literal=label={label} --from-literal=crashing={crashing} --from-literal=missing={missing}
# what is this thing between the two, and is it needed?
owner = sh("kubectl get pod " + pod + " -o jsonpath='{.metadata.ownerReferences[0].name}'")
#| !kubectl delete replicaset {owner}
#| !kubectl rollout status deployment/{server} --timeout=120s
