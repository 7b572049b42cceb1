"""Wrong at first everywhere, and put right afterwards; the findings too."""

# %% before: record-findings
#| !kubectl create configmap findings --from-literal=amber=room --from-literal=birch=room --from-literal=cedar=room
#| !kubectl delete configmap findings

# %% before: place-finetune
wrong = {"nodeSelector": {"accelerator": "nvidia"}, "tolerations": [{"operator": "Exists"}]}
apps.patch_namespaced_deployment("finetune", namespace, {"spec": {"template": {"spec": wrong}}})
#| !kubectl rollout status deployment/finetune --timeout=3s
# The selector of before is a line that applying another does not take away.
nothing = [{"op": "remove", "path": "/spec/template/spec/nodeSelector"}]
apps.patch_namespaced_deployment("finetune", namespace, nothing)

# %% before: place-tokenizer
#| !kubectl scale deployment tokenizer --replicas=0

# %% after: place-tokenizer
#| !kubectl scale deployment tokenizer --replicas=2
