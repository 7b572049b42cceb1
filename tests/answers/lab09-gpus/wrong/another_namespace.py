"""`finetune` is changed in the namespace `default`, where nobody may."""

LOSES = [
    "each Pod that `finetune` makes asks for exactly one GPU",
    "a Pod of `finetune` is ready on a node of the pool, and counts its steps",
    "`finetune` finds the pool by its label, and runs nowhere else",
    "`finetune` tolerates the taint of the pool, and no other",
]

# %% change: place-finetune
#- name: finetune
#+ name: finetune
#+ namespace: default
