"""The Job `train` repeats the result of another one, which has trained."""

LOSES = [
    "the Job `train` is complete, and the trainer has trained in a Pod of it",
    "what the Pods of `triage` serve was trained in `train`, and they read it from a claim's volume that they cannot write to",
]

# %% change: train-and-store
#- name: train
#+ name: training

# %% after: train-and-store
#| !kubectl wait --for=condition=complete job/training --timeout=90s
#| result = !kubectl logs job/training --tail=1
labels = {"app.kubernetes.io/part-of": "triage"}
container = {
    "name": "trainer",
    "image": f"{images}/python:1",
    "command": ["echo", result[-1]],
    "resources": {"requests": {"cpu": "10m", "memory": "16Mi"}, "limits": {"cpu": "100m", "memory": "32Mi"}},
}
template = {"metadata": {"labels": labels}, "spec": {"restartPolicy": "Never", "containers": [container]}}
batch.create_namespaced_job(namespace, {"metadata": {"name": "train", "labels": labels}, "spec": {"template": template}})
