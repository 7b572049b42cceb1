"""The canary is a Pod that somebody started by hand."""

LOSES = [
    "version 4 is kept by a Deployment of its own, and neither selector finds the other's Pods",
]

# %% cell: canary
import copy

template = apps.read_namespaced_deployment("eta", namespace).spec.template
pod = kubernetes.client.ApiClient().sanitize_for_serialization(copy.deepcopy(template))
pod["metadata"] = {"name": "eta-canary", "labels": {"app": "eta", "track": "canary"}}
pod["spec"]["containers"][0]["env"] = [{"name": "VERSION", "value": "4"}]
core.create_namespaced_pod(namespace, pod)
#| !kubectl wait --for=condition=Ready pod/eta-canary --timeout=60s
