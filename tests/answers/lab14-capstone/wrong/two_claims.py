"""The training writes to one claim and the servers read from another."""

LOSES = [
    "what the Pods of `triage` serve was trained in `train`, and they read it from a claim's volume that they cannot write to",
    "another Pod that asks `http://triage` is told the right scores, by two ready Pods or more, all of the Deployment `triage`",
    "who has the token gets a prediction and nobody else does, and it is in Secrets and nowhere else",
    "the threshold is 1.5, and a new Pod has the one that its ConfigMap says then",
    "while a Pod and then the whole Deployment are replaced, whoever asks gets an answer",
    "scaled to four, `triage` has four ready Pods",
]

# %% after: train-and-store
claim = {
    "metadata": {"name": "models", "labels": {"app.kubernetes.io/part-of": "triage"}},
    "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "8Mi"}}},
}
core.create_namespaced_persistent_volume_claim(namespace, claim)

# %% change: serve
#- - {name: model, persistentVolumeClaim: {claimName: model}}
#+ - {name: model, persistentVolumeClaim: {claimName: models}}
