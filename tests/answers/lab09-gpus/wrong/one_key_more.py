"""`finetune` tolerates what is set apart for somebody else, too: it might come in handy."""

LOSES = [
    "`finetune` tolerates the taint of the pool, and no other",
]

# %% change: place-finetune
#- - {key: nvidia.com/gpu, operator: Equal, value: present, effect: NoSchedule}
#+ - {key: nvidia.com/gpu, operator: Equal, value: present, effect: NoSchedule}
#+ - {key: dedicated, operator: Exists}
