"""The tokenizer asks for 0 GPUs and tolerates another effect only; both terms of the trainer ask for the label."""

# %% change: place-finetune
#- spec:
#-   template:
#+ spec:
#+   minReadySeconds: 3
#+   template:

#- - {key: nvidia.com/gpu, operator: Equal, value: present, effect: NoSchedule}
#+ - {key: nvidia.com/gpu, operator: Equal, value: present, effect: NoSchedule}
#+ - {key: nvidia.com/gpu, operator: Equal, value: reserved, effect: NoSchedule}

#- nodeSelector:
#-   nvidia.com/gpu.present: "true"
#+ affinity:
#+   nodeAffinity:
#+     requiredDuringSchedulingIgnoredDuringExecution:
#+       nodeSelectorTerms:
#+         - matchExpressions:
#+             - {key: nvidia.com/gpu.present, operator: In, values: ["true"]}
#+             - {key: kubernetes.io/arch, operator: In, values: [amd64, arm64]}
#+         - matchExpressions:
#+             - {key: nvidia.com/gpu.present, operator: Exists}

# %% change: place-tokenizer
#- tolerations: []
#- nodeSelector: {}
#+ tolerations:
#+   - {key: nvidia.com/gpu, operator: Exists, effect: NoExecute}
#+ nodeSelector: {}
#+ affinity:
#+   nodeAffinity:
#+     requiredDuringSchedulingIgnoredDuringExecution:
#+       nodeSelectorTerms:
#+         - matchExpressions:
#+             - {key: nvidia.com/gpu.present, operator: DoesNotExist}
#+ containers:
#+   - name: tokenizer
#+     resources:
#+       limits: {nvidia.com/gpu: "0"}
