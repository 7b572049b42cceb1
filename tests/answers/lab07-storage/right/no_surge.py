"""A rolling update that takes the old Pod away first."""

# %% change: storage-rollout
#- strategy = {"type": "Recreate", "rollingUpdate": None}
#+ strategy = {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": "0%", "maxUnavailable": 1}}
