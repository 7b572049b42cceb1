"""`finetune` asks for `nvidia.com/gpus`, which no node has."""

LOSES = [
    "each Pod that `finetune` makes asks for exactly one GPU",
    "a Pod of `finetune` is ready on a node of the pool, and counts its steps",
]

# %% change: place-finetune
#- limits: {nvidia.com/gpu: 1}
#+ limits: {nvidia.com/gpus: 1}
