"""Another Job has trained since and has written over what `train` had left."""

LOSES = [
    "what the Pods of `triage` serve was trained in `train`, and they read it from a claim's volume that they cannot write to",
]

# %% after: train-and-store
#| !kubectl wait --for=condition=complete job/train --timeout=90s
again = {
    "metadata": {"name": "train-again", "labels": {"app.kubernetes.io/part-of": "triage"}},
    "spec": {
        "template": {
            "metadata": {"labels": {"app.kubernetes.io/part-of": "triage"}},
            "spec": batch.read_namespaced_job("train", namespace).spec.template.spec,
        }
    },
}
batch.create_namespaced_job(namespace, again)
#| !kubectl wait --for=condition=complete job/train-again --timeout=90s
