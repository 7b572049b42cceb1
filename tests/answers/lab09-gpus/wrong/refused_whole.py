"""A request and a limit that differ: the API server refuses the whole manifest, and nobody reads it."""

LOSES = [
    "each Pod that `finetune` makes asks for exactly one GPU",
    "a Pod of `finetune` is ready on a node of the pool, and counts its steps",
    "`finetune` finds the pool by its label, and runs nowhere else",
    "`finetune` tolerates the taint of the pool, and no other",
]

# %% change: place-finetune
#- limits: {nvidia.com/gpu: 1}
#+ limits: {nvidia.com/gpu: 2}
#+ requests: {nvidia.com/gpu: 1}
