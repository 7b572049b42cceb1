"""The tokenizer loses its toleration, and says besides that it wants an ordinary node; three copies of it."""

# %% change: place-tokenizer
#- tolerations: []
#- nodeSelector: {}
#+ tolerations: []
#+ nodeSelector: {}
#+ affinity:
#+   nodeAffinity:
#+     requiredDuringSchedulingIgnoredDuringExecution:
#+       nodeSelectorTerms:
#+         - matchExpressions:
#+             - {key: nvidia.com/gpu.present, operator: DoesNotExist}

# %% after: place-tokenizer
#| !kubectl scale deployment tokenizer --replicas=3
