"""Two claims of 16Mi, one mounted inside of the other, and the trainer writes to the inner one."""

# %% after: storage-claim
claim["metadata"]["name"] = "everything"
core.create_namespaced_persistent_volume_claim(namespace, claim)

# %% change: storage-mount
#- "env": [{"name": "CHECKPOINT_DIR", "value": "/checkpoints"}],
#- "volumeMounts": [{"name": "checkpoints", "mountPath": "/checkpoints"}],
#+ "env": [{"name": "CHECKPOINT_DIR", "value": "/data/checkpoints"}],
#+ "volumeMounts": [
#+     {"name": "everything", "mountPath": "/data"},
#+     {"name": "checkpoints", "mountPath": "/data/checkpoints"},
#+ ],

#- template = {"spec": {"containers": [container], "volumes": [volume]}}
#+ everything = {"name": "everything", "persistentVolumeClaim": {"claimName": "everything"}}
#+ template = {"spec": {"containers": [container], "volumes": [everything, volume]}}
