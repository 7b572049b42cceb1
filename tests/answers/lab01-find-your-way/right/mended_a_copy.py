"""The repair is tried on a copy under another name, and one more copy is left that fails as the original does."""

# %% cell: record-findings
facts = "--from-literal=port=8317 --from-literal=address=http://inbox:9300 --from-literal=version=1"
facts += " --from-literal=label=serves=inbox --from-literal=crashing=digest --from-literal=missing=DIGEST_TO"
#| !kubectl create configmap findings {facts}
import json

#| given = !kubectl get deployment digest -o json
for name, env in (("digest-mended", [{"name": "DIGEST_TO", "value": "support"}]), ("digest-again", [])):
    copy = json.loads("\n".join(given))
    copy["metadata"] = {"name": name}
    copy["spec"]["selector"]["matchLabels"] = copy["spec"]["template"]["metadata"]["labels"] = {"app": name}
    copy["spec"]["template"]["spec"]["containers"][0]["env"] = env
    kubernetes.client.AppsV1Api().create_namespaced_deployment(namespace, copy)
