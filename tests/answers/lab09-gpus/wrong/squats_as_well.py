"""`finetune` is on the GPU node, and has no GPU: right label, right toleration, nothing asked for."""

LOSES = [
    "each Pod that `finetune` makes asks for exactly one GPU",
]

# %% change: place-finetune
#- containers:
#-   - name: trainer
#-     resources:
#-       limits: {nvidia.com/gpu: 1}
#+ terminationGracePeriodSeconds: 1
