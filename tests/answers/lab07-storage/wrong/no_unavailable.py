"""The strategy is written out, and it is the overlapping one."""

LOSES = [
    "there is one trainer, and a rollout takes it away before it makes the next",
]

# %% change: storage-rollout
#- strategy = {"type": "Recreate", "rollingUpdate": None}
#+ strategy = {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": "50%", "maxUnavailable": 0}}
