"""The tokenizer is sent elsewhere by an affinity, and may still go onto the node."""

LOSES = [
    "`tokenizer` tolerates the taint of the pool no more, and asks for no GPU",
]

# %% change: place-tokenizer
#- tolerations: []
#- nodeSelector: {}
#+ nodeSelector: {}
#+ affinity:
#+   nodeAffinity:
#+     requiredDuringSchedulingIgnoredDuringExecution:
#+       nodeSelectorTerms:
#+         - matchExpressions:
#+             - {key: nvidia.com/gpu.present, operator: DoesNotExist}
