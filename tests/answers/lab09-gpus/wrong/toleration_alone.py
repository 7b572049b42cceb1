"""`finetune` may go onto the GPU node, and neither a GPU nor a label draws it there; it is made certain that it does not."""

LOSES = [
    "each Pod that `finetune` makes asks for exactly one GPU",
    "a Pod of `finetune` is ready on a node of the pool, and counts its steps",
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
#+             - {key: nvidia.com/gpu.present, operator: DoesNotExist}

#- containers:
#-   - name: trainer
#-     resources:
#-       limits: {nvidia.com/gpu: 1}
#+ terminationGracePeriodSeconds: 1
