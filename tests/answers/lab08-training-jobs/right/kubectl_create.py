"""The CronJob is made by `kubectl create` and patched until it fits, after a Job of it has been tried."""

# %% cell: retrain
#| !kubectl create cronjob retrain --image=localhost:5000/python:1 --schedule="0 0 1 1 *" -- python /trainer/train.py
spec = {
    "volumes": [{"name": "trainer", "configMap": {"name": "trainer"}}],
    "containers": [
        {
            "name": "retrain",
            "env": [{"name": "LEARNING_RATE", "value": ".03"}],
            "volumeMounts": [{"name": "trainer", "mountPath": "/trainer"}],
        }
    ],
}
template = {"spec": {"activeDeadlineSeconds": 3600, "template": {"spec": spec}}}
change = {"spec": {"schedule": "7 1 * * *", "timeZone": "Asia/Seoul", "jobTemplate": template}}
batch.patch_namespaced_cron_job("retrain", namespace, change)
#| !kubectl create job by-hand --from=cronjob/retrain
