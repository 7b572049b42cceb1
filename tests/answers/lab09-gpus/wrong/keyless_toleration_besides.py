"""Beside the right toleration stands one without a key, for every taint with the effect `NoSchedule`."""

LOSES = [
    "`finetune` tolerates the taint of the pool, and no other",
]

# %% change: place-finetune
#- - {key: nvidia.com/gpu, operator: Equal, value: present, effect: NoSchedule}
#+ - {key: nvidia.com/gpu, operator: Equal, value: present, effect: NoSchedule}
#+ - {operator: Exists, effect: NoSchedule}
