"""All is right, until `finetune` is given a readiness probe for a port that it never opens."""

LOSES = [
    "a Pod of `finetune` is ready on a node of the pool, and counts its steps",
]

# %% after: place-tokenizer
#| !kubectl rollout status deployment/finetune --timeout=120s
probe = {"httpGet": {"path": "/healthz", "port": 8080}, "periodSeconds": 2}
pod = {"containers": [{"name": "trainer", "readinessProbe": probe}]}
apps.patch_namespaced_deployment("finetune", namespace, {"spec": {"template": {"spec": pod}}})
