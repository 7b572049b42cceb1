"""The node's name is written into the template as well, which skips the scheduler."""

LOSES = [
    "`finetune` finds the pool by its label, and runs nowhere else",
]

# %% after: place-finetune
#| !kubectl rollout status deployment/tokenizer --timeout=60s
squatter = core.list_namespaced_pod(namespace, label_selector="app=tokenizer").items[0]
pin = {"nodeName": squatter.spec.node_name}
apps.patch_namespaced_deployment("finetune", namespace, {"spec": {"template": {"spec": pin}}})
