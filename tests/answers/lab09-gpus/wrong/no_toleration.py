"""`finetune` asks for a GPU and for the label, and stands before the taint."""

LOSES = [
    "a Pod of `finetune` is ready on a node of the pool, and counts its steps",
    "`finetune` tolerates the taint of the pool, and no other",
]

# %% change: place-finetune
#- tolerations:
#-   - {key: nvidia.com/gpu, operator: Equal, value: present, effect: NoSchedule}
#+ terminationGracePeriodSeconds: 1
