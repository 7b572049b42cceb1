"""Tolerations for nodes that are away for a while stand beside the one for the pool."""

# %% change: place-finetune
#- - {key: nvidia.com/gpu, operator: Equal, value: present, effect: NoSchedule}
#+ - {key: nvidia.com/gpu, operator: Equal, value: present, effect: NoSchedule}
#+ - {key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 30}
