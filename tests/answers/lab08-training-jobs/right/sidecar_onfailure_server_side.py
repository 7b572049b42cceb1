"""A native sidecar beside each trainer, OnFailure, server-side apply; midnight in Seoul, and a single minute."""

# %% cell: train-once
import json
import subprocess

HEARTBEAT = """
trap 'exit 0' TERM
while true; do
  echo still here
  sleep 1 &
  wait $!
done
"""


def apply(made):
    how = ["kubectl", "apply", "--server-side", "--field-manager=student", "-f", "-"]
    subprocess.run(how, input=json.dumps(made), text=True, check=True)


def trainer_pod(command, env):
    """A Pod with the trainer, and a sidecar that says now and then that it is there."""
    sidecar = {
        "name": "heartbeat",
        "image": f"{images}/python:1",
        "restartPolicy": "Always",
        "command": ["sh", "-c", HEARTBEAT],
    }
    trainer = {
        "name": "trainer",
        "image": f"{images}/python:1",
        "command": command,
        "env": [{"name": name, "value": value} for name, value in env.items()],
        "volumeMounts": [{"name": "code", "mountPath": "/trainer"}],
    }
    return {
        "spec": {
            "restartPolicy": "OnFailure",
            "terminationGracePeriodSeconds": 5,
            "initContainers": [sidecar],
            "containers": [trainer],
            "volumes": [{"name": "code", "configMap": {"name": "trainer", "defaultMode": 0o444}}],
        }
    }


template = trainer_pod(["python", "/trainer/train.py"], {"LEARNING_RATE": "0.5", "EPOCHS": "40"})
spec = {"backoffLimit": 2, "completions": 1, "parallelism": 1, "template": template}
apply({"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "train"}, "spec": spec})

# %% cell: sweep
SCRIPT = """
shift "$JOB_COMPLETION_INDEX"
echo "index $JOB_COMPLETION_INDEX takes $1"
export LEARNING_RATE="$1"
exec python /trainer/train.py
"""
rates = ["0.1", "0.03", "0.3", "0.01", "1", "0.003", "3", "0.001"]
many = {"completionMode": "Indexed", "completions": 8, "parallelism": 2, "backoffLimit": 4}
spec = {**many, "template": trainer_pod(["sh", "-ec", SCRIPT, "sweep", *rates], {})}
apply({"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "sweep"}, "spec": spec})

# %% cell: retrain
template = trainer_pod(["python", "/trainer/train.py"], {"LEARNING_RATE": "0.03"})
nightly = {"spec": {"backoffLimit": 1, "activeDeadlineSeconds": 60, "template": template}}
spec = {"schedule": "0 0 * * *", "timeZone": "Asia/Seoul", "suspend": False, "jobTemplate": nightly}
apply({"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "retrain"}, "spec": spec})
