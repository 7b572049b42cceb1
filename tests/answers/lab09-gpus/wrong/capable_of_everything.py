"""`finetune` is given the rights of an administrator of the machine to reach the card, and the namespace lets no such Pod in."""

LOSES = [
    "a Pod of `finetune` is ready on a node of the pool, and counts its steps",
]

# %% change: place-finetune
#- resources:
#-   limits: {nvidia.com/gpu: 1}
#+ resources:
#+   limits: {nvidia.com/gpu: 1}
#+ securityContext: {capabilities: {add: [SYS_ADMIN]}}
