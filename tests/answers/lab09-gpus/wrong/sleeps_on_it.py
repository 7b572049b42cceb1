"""`finetune` is on the node with a GPU, and sleeps: the program was swapped to see whether it starts."""

LOSES = [
    "a Pod of `finetune` is ready on a node of the pool, and counts its steps",
]

# %% change: place-finetune
#- resources:
#-   limits: {nvidia.com/gpu: 1}
#+ resources:
#+   limits: {nvidia.com/gpu: 1}
#+ command: [python, -c, import time; time.sleep(36000)]
