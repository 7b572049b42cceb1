"""Somebody is kind and repairs one of the three as well, and lets all of them go then."""

# %% after: place-tokenizer
gpu = {"tolerations": [{"key": "nvidia.com/gpu", "operator": "Exists"}]}
apps.patch_namespaced_deployment("amber", namespace, {"spec": {"template": {"spec": gpu}}})
#| !kubectl rollout status deployment/amber --timeout=60s
#| !kubectl delete deployment amber birch cedar
