"""The toleration has the key, and a value that the taint does not have."""

LOSES = [
    "a Pod of `finetune` is ready on a node of the pool, and counts its steps",
    "`finetune` tolerates the taint of the pool, and no other",
]

# %% change: place-finetune
#- - {key: nvidia.com/gpu, operator: Equal, value: present, effect: NoSchedule}
#+ - {key: nvidia.com/gpu, operator: Equal, value: "true", effect: NoSchedule}
