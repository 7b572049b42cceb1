"""Both Deployments made again; the affinity takes the label, and not `false`; `findings` is immutable."""

# %% cell: record-findings
found = {"amber": "taint", "birch": "label", "cedar": "resource"}
data = {name: f'"{word.upper()}"\n' for name, word in found.items()}
data["amber.sentence"] = "1 Insufficient nvidia.com/gpu, 1 node(s) had untolerated taint(s)."
data["README"] = "One word each."
metadata = {"name": "findings", "labels": {"kind": "post-mortem"}}
core.create_namespaced_config_map(namespace, {"metadata": metadata, "immutable": True, "data": data})
#| !kubectl delete deployment amber birch cedar

# %% cell: place-finetune
again = apps.read_namespaced_deployment("finetune", namespace).spec
#| !kubectl delete deployment finetune --cascade=foreground
pod = again.template.spec
pod.tolerations = [{"key": "nvidia.com/gpu", "operator": "Exists"}]
term = {"matchExpressions": [
    {"key": "nvidia.com/gpu.present", "operator": "Exists"},
    {"key": "nvidia.com/gpu.present", "operator": "NotIn", "values": ["false"]},
    {"key": "kubernetes.io/os", "operator": "In", "values": ["linux"]},
]}
pod.affinity = {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [term]}}}
pod.containers[0].resources.limits["nvidia.com/gpu"] = "1"
metadata = {"name": "finetune", "labels": {"app": "finetune"}}
apps.create_namespaced_deployment(namespace, {"metadata": metadata, "spec": again})

# %% cell: place-tokenizer
again = apps.read_namespaced_deployment("tokenizer", namespace).spec
#| !kubectl delete deployment tokenizer --cascade=foreground
again.replicas = 3
again.template.spec.tolerations = None
again.template.spec.node_selector = None
metadata = {"name": "tokenizer", "labels": {"app": "tokenizer"}}
apps.create_namespaced_deployment(namespace, {"metadata": metadata, "spec": again})
