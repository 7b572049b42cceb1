"""Each of the three is wrong at first, and is deleted and made again, or patched until it fits."""

# %% cell: train-once
#| !kubectl create job train --image={images}/python:1 -- python /trainer/train.py
#| !kubectl delete job train --cascade=foreground --timeout=60s
container = {
    "name": "train",
    "image": f"{images}/python:1",
    "command": ["python", "/trainer/train.py"],
    "env": [{"name": "LEARNING_RATE", "value": "0.05"}, {"name": "EPOCHS", "value": "40"}],
    "volumeMounts": [{"name": "trainer", "mountPath": "/trainer"}],
}
volumes = [{"name": "trainer", "configMap": {"name": "trainer"}}]
pod = {"restartPolicy": "Never", "containers": [container], "volumes": volumes}
job = {"metadata": {"name": "train"}, "spec": {"backoffLimit": 1, "template": {"spec": pod}}}
batch.create_namespaced_job(namespace, job)
#| !kubectl wait --for=condition=complete job/train --timeout=30s
#| !kubectl delete job train --cascade=foreground --timeout=60s
container["env"][0]["value"] = "0.5"
batch.create_namespaced_job(namespace, job)

# %% before: sweep
no_index = "import os; print(os.environ['JOB_COMPLETION_INDEX'])"
#| !kubectl create job sweep --image={images}/python:1 -- python -c "{no_index}"
#| !kubectl wait --for=condition=failed job/sweep --timeout=20s
#| !kubectl delete job sweep --cascade=foreground --timeout=60s

# %% change: sweep
#- parallelism: 4
#+ parallelism: 8
#+ suspend: true

# %% after: sweep
batch.patch_namespaced_job("sweep", namespace, {"spec": {"parallelism": 4}})
batch.patch_namespaced_job("sweep", namespace, {"spec": {"suspend": False}})

# %% change: retrain
#- schedule: "0 3 * * *"
#- timeZone: Asia/Tokyo
#+ schedule: "* 3 * * *"
#+ suspend: true

#- activeDeadlineSeconds: 1800

#- restartPolicy: Never
#+ restartPolicy: Never
#+ activeDeadlineSeconds: 300

#- - {name: LEARNING_RATE, value: "0.03"}
#+ - {name: LEARNING_RATE, value: "0.5"}
#+ - {name: EPOCHS, value: "40"}

# %% after: retrain
#| !kubectl set env cronjob/retrain LEARNING_RATE=0.03 EPOCHS-
repairs = [
    {"op": "replace", "path": "/spec/schedule", "value": "30 4 * * *"},
    {"op": "add", "path": "/spec/timeZone", "value": "Asia/Tokyo"},
    {"op": "remove", "path": "/spec/jobTemplate/spec/template/spec/activeDeadlineSeconds"},
    {"op": "add", "path": "/spec/jobTemplate/spec/activeDeadlineSeconds", "value": 300},
]
batch.patch_namespaced_cron_job("retrain", namespace, repairs)
batch.patch_namespaced_cron_job("retrain", namespace, {"spec": {"suspend": False}})
