"""A toleration without a key, copied from a forum, in place of one for this taint."""

LOSES = [
    "`finetune` tolerates the taint of the pool, and no other",
]

# %% change: place-finetune
#- - {key: nvidia.com/gpu, operator: Equal, value: present, effect: NoSchedule}
#+ - operator: Exists
