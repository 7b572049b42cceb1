"""The CronJob was right, and then suspended for a demonstration and forgotten."""

LOSES = [
    "`retrain` starts a Job once a day, between 00:00 and 05:59 in Tokyo",
]

# %% after: retrain
batch.patch_namespaced_cron_job("retrain", namespace, {"spec": {"suspend": True}})
