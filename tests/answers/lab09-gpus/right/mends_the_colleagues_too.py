"""All three colleagues are repaired as well, one after the other, until the share is booked to the last GPU."""

# %% change: place-finetune
#- template:
#-   spec:
#-     tolerations:
#-       - {key: nvidia.com/gpu, operator: Equal, value: present, effect: NoSchedule}
#-     nodeSelector:
#-       nvidia.com/gpu.present: "true"
#+ template:
#+   metadata:
#+     annotations: {moved-to: the-pool}
#+   spec:
#+     terminationGracePeriodSeconds: 5
#+     tolerations:
#+       - {key: nvidia.com/gpu, operator: Exists, effect: NoSchedule}
#+     affinity:
#+       nodeAffinity:
#+         requiredDuringSchedulingIgnoredDuringExecution:
#+           nodeSelectorTerms:
#+             - matchExpressions:
#+                 - {key: nvidia.com/gpu.present, operator: In, values: ["true", "yes"]}
#+         preferredDuringSchedulingIgnoredDuringExecution:
#+           - weight: 10
#+             preference:
#+               matchExpressions:
#+                 - {key: kubernetes.io/arch, operator: In, values: [amd64]}

#- limits: {nvidia.com/gpu: 1}
#+ requests: {nvidia.com/gpu: 1}
#+ limits: {nvidia.com/gpu: "1"}

# %% after: place-tokenizer
#| !kubectl rollout status deployment/finetune --timeout=120s
#| !kubectl rollout status deployment/tokenizer --timeout=120s


def mend(name, **pod):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"spec": pod}}})


# One at a time: while one is replaced, it books twice.
door = {"key": "nvidia.com/gpu", "operator": "Equal", "value": "present", "effect": "NoSchedule"}
mend("amber", tolerations=[door], nodeSelector={"nvidia.com/gpu.present": "true"})
#| !kubectl rollout status deployment/amber --timeout=45s
mend("birch", tolerations=[door], nodeSelector={"gpu": None, "nvidia.com/gpu.present": "true"})
#| !kubectl rollout status deployment/birch --timeout=45s
one = {"nvidia.com/gpus": None, "nvidia.com/gpu": "1"}
mend("cedar", tolerations=[door], containers=[{"name": "trainer", "resources": {"limits": one}}])
#| !kubectl rollout status deployment/cedar --timeout=45s
#| !kubectl create configmap letter-to-three-colleagues --from-literal=text="It was not the driver. Mended."
