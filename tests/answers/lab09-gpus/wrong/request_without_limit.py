"""The GPU is asked for under `requests` alone, in a command of its own, which is refused."""

LOSES = [
    "each Pod that `finetune` makes asks for exactly one GPU",
]

# %% change: place-finetune
#- containers:
#-   - name: trainer
#-     resources:
#-       limits: {nvidia.com/gpu: 1}
#+ terminationGracePeriodSeconds: 1

# %% after: place-finetune
#| !kubectl set resources deployment finetune --requests=nvidia.com/gpu=1
