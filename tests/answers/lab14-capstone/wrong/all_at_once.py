"""A rollout stops all servers before it starts one."""

LOSES = [
    "while a Pod and then the whole Deployment are replaced, whoever asks gets an answer",
]

# %% change: serve
#- type: RollingUpdate
#- rollingUpdate:
#-   maxUnavailable: 0
#-   maxSurge: 1
#+ type: Recreate
