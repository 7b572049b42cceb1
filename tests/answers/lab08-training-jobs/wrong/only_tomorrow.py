"""The next night is right; day and month stand in the schedule, and it is a year until the one after."""

LOSES = [
    "`retrain` starts a Job once a day, between 00:00 and 05:59 in Tokyo",
]

# %% after: retrain
from datetime import datetime, timedelta, timezone

night = datetime.now(timezone(timedelta(hours=9))) + timedelta(days=1)
batch.patch_namespaced_cron_job("retrain", namespace, {"spec": {"schedule": f"0 3 {night.day} {night.month} *"}})
