"""Two claims, one of them for something else, and within the 32Mi together."""

# %% after: storage-claim
claim = {
    "metadata": {"name": "logs"},
    "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "16Mi"}}},
}
core.create_namespaced_persistent_volume_claim(namespace, claim)

# %% change: storage-mount
#- "volumeMounts": [{"name": "checkpoints", "mountPath": "/checkpoints"}],
#+ "volumeMounts": [{"name": "logs", "mountPath": "/logs"}, {"name": "checkpoints", "mountPath": "/checkpoints"}],

#- template = {"spec": {"containers": [container], "volumes": [volume]}}
#+ logs = {"name": "logs", "persistentVolumeClaim": {"claimName": "logs"}}
#+ template = {"spec": {"containers": [container], "volumes": [volume, logs]}}
