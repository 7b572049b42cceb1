"""Everything is made with the Python client, and the best rate is read from the sweep's log."""

# %% cell: train-once
import time


def job_spec(command, env=(), **more):
    """A Job's spec with the trainer at /trainer."""
    container = {
        "name": "trainer",
        "image": f"{images}/python:1",
        "command": command,
        "env": [{"name": name, "value": str(value)} for name, value in env],
        "volumeMounts": [{"name": "trainer", "mountPath": "/trainer"}],
    }
    volumes = [{"name": "trainer", "configMap": {"name": "trainer"}}]
    return {"template": {"spec": {"restartPolicy": "OnFailure", "containers": [container], "volumes": volumes}}, **more}


train = job_spec(["python", "/trainer/train.py"], [("LEARNING_RATE", 0.5), ("EPOCHS", 40)], ttlSecondsAfterFinished=86400)
batch.create_namespaced_job(namespace, {"metadata": {"name": "train"}, "spec": train})

# %% cell: sweep
rates = "0.001 0.003 0.01 0.03 0.1 0.3 1 3"
script = f"set -- {rates}; shift $JOB_COMPLETION_INDEX; LEARNING_RATE=$1 exec python /trainer/train.py"
many = {"completionMode": "Indexed", "completions": 8, "parallelism": 2}
batch.create_namespaced_job(namespace, {"metadata": {"name": "sweep"}, "spec": job_spec(["sh", "-c", script], **many)})
for _ in range(100):
    if batch.read_namespaced_job_status("sweep", namespace).status.succeeded == 8:
        break
    time.sleep(1)

# %% cell: retrain
import json

results = []
for pod in core.list_namespaced_pod(namespace, label_selector="job-name=sweep").items:
    lines = core.read_namespaced_pod_log(pod.metadata.name, namespace, _preload_content=False).data.decode().splitlines()
    results.append(json.loads(lines[-1]))
best = min(results, key=lambda each: each["loss"])["learning_rate"]
nightly = job_spec(["python", "-u", "/trainer/train.py"], [("LEARNING_RATE", best)], activeDeadlineSeconds=600)
cronjob = {"schedule": "59 5 * * *", "timeZone": "Japan", "jobTemplate": {"spec": nightly}}
batch.create_namespaced_cron_job(namespace, {"metadata": {"name": "retrain"}, "spec": cronjob})
