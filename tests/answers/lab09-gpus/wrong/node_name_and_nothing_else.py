"""The Pod is put onto the node by its name, with neither a toleration nor a label."""

LOSES = [
    "`finetune` finds the pool by its label, and runs nowhere else",
    "`finetune` tolerates the taint of the pool, and no other",
]

# %% cell: place-finetune
from IPython import get_ipython

#| !kubectl rollout status deployment/tokenizer --timeout=60s
squatter = core.list_namespaced_pod(namespace, label_selector="app=tokenizer").items[0]
one = {"name": "trainer", "resources": {"limits": {"nvidia.com/gpu": "1"}}}
pod = {"nodeName": squatter.spec.node_name, "containers": [one]}
apps.patch_namespaced_deployment("finetune", namespace, {"spec": {"template": {"spec": pod}}})
