"""The affinity asks for the label, whatever its value."""

# %% change: place-finetune
#- nodeSelector:
#-   nvidia.com/gpu.present: "true"
#+ affinity:
#+   nodeAffinity:
#+     requiredDuringSchedulingIgnoredDuringExecution:
#+       nodeSelectorTerms:
#+         - matchExpressions:
#+             - {key: nvidia.com/gpu.present, operator: Exists}
