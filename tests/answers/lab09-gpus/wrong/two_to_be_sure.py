"""`finetune` asks for two GPUs, as two are better than one."""

LOSES = [
    "each Pod that `finetune` makes asks for exactly one GPU",
]

# %% change: place-finetune
#- limits: {nvidia.com/gpu: 1}
#+ limits: {nvidia.com/gpu: 2}
