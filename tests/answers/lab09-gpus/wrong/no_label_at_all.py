"""`finetune` gets to the node by the GPU that it asks for, and never mentions the label."""

LOSES = [
    "`finetune` finds the pool by its label, and runs nowhere else",
]

# %% change: place-finetune
#- nodeSelector:
#-   nvidia.com/gpu.present: "true"
#+ terminationGracePeriodSeconds: 1
