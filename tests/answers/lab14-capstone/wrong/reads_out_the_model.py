"""The Job `train` reads the run out of the model that another one has left on the claim."""

LOSES = [
    "the Job `train` is complete, and the trainer has trained in a Pod of it",
    "what the Pods of `triage` serve was trained in `train`, and they read it from a claim's volume that they cannot write to",
]

# %% change: train-and-store
#- name: train
#+ name: training

# %% after: train-and-store
#| !kubectl wait --for=condition=complete job/training --timeout=90s
labels = {"app.kubernetes.io/part-of": "triage"}
container = {
    "name": "trainer",
    "image": f"{images}/python:1",
    "command": ["python", "-c", "import json; print(json.dumps({'run': json.load(open('/model/model.json'))['run']}))"],
    "resources": {"requests": {"cpu": "10m", "memory": "16Mi"}, "limits": {"cpu": "100m", "memory": "32Mi"}},
    "volumeMounts": [{"name": "model", "mountPath": "/model"}],
}
spec = {
    "restartPolicy": "Never",
    "containers": [container],
    "volumes": [{"name": "model", "persistentVolumeClaim": {"claimName": "model"}}],
}
template = {"metadata": {"labels": labels}, "spec": spec}
batch.create_namespaced_job(namespace, {"metadata": {"name": "train", "labels": labels}, "spec": {"template": template}})
