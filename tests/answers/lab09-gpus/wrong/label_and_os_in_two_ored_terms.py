"""The label and the operating system stand in two terms, of which one is enough: any Linux node will do."""

LOSES = [
    "`finetune` finds the pool by its label, and runs nowhere else",
]

# %% change: place-finetune
#- nodeSelector:
#-   nvidia.com/gpu.present: "true"
#+ affinity:
#+   nodeAffinity:
#+     requiredDuringSchedulingIgnoredDuringExecution:
#+       nodeSelectorTerms:
#+         - matchExpressions:
#+             - {key: nvidia.com/gpu.present, operator: In, values: ["true"]}
#+         - matchExpressions:
#+             - {key: kubernetes.io/os, operator: In, values: [linux]}
