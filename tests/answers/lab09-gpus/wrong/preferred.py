"""The label is only preferred: the GPU draws the Pod there, and the selection keeps it from nothing."""

LOSES = [
    "`finetune` finds the pool by its label, and runs nowhere else",
]

# %% change: place-finetune
#- nodeSelector:
#-   nvidia.com/gpu.present: "true"
#+ affinity:
#+   nodeAffinity:
#+     preferredDuringSchedulingIgnoredDuringExecution:
#+       - weight: 100
#+         preference:
#+           matchExpressions:
#+             - {key: nvidia.com/gpu.present, operator: In, values: ["true"]}
