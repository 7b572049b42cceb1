"""The training runs beside the notebook, and a Pod with a Job's label says what it came to."""

LOSES = [
    "the Job `train` is complete, and has trained once, with the learning rate 0.5 and 40 epochs",
]

# %% cell: train-once
import sys
import subprocess
from pathlib import Path

for name, text in core.read_namespaced_config_map("trainer", namespace).data.items():
    Path(name).write_text(text)
settings = {**os.environ, "LEARNING_RATE": "0.5", "EPOCHS": "40"}
done = subprocess.run([sys.executable, "train.py"], env=settings, capture_output=True, text=True)
line = done.stdout.splitlines()[-1]
container = {"name": "train", "image": f"{images}/python:1", "command": ["python", "-c", f"print({line!r})"]}
pod = {"metadata": {"name": "train", "labels": {"job-name": "train"}}, "spec": {"restartPolicy": "Never", "containers": [container]}}
core.create_namespaced_pod(namespace, pod)
core.create_namespaced_config_map(namespace, {"metadata": {"name": "train"}, "data": {"result": line}})
