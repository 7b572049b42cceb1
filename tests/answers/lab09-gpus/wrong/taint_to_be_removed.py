"""The taint itself is to be taken off the nodes, which is refused, and nothing is tolerated."""

LOSES = [
    "a Pod of `finetune` is ready on a node of the pool, and counts its steps",
    "`finetune` tolerates the taint of the pool, and no other",
]

# %% before: place-finetune
#| !kubectl taint nodes --all nvidia.com/gpu-

# %% change: place-finetune
#- tolerations:
#-   - {key: nvidia.com/gpu, operator: Equal, value: present, effect: NoSchedule}
#+ terminationGracePeriodSeconds: 1
