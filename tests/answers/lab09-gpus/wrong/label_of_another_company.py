"""The node is asked for by the label that it had in another company."""

LOSES = [
    "a Pod of `finetune` is ready on a node of the pool, and counts its steps",
    "`finetune` finds the pool by its label, and runs nowhere else",
]

# %% change: place-finetune
#- nodeSelector:
#-   nvidia.com/gpu.present: "true"
#+ nodeSelector:
#+   accelerator: nvidia
