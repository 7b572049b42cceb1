"""A JSON patch changes all but the variable; the claim's name is made up, and its size a fraction of a Gi."""

# %% change: storage-claim
#- "metadata": {"name": "checkpoints"},
#+ "metadata": {"generateName": "trainer-"},

#- "resources": {"requests": {"storage": "16Mi"}},
#+ "resources": {"requests": {"storage": "0.015625Gi"}},

#- core.create_namespaced_persistent_volume_claim(namespace, claim)
#+ mine = core.create_namespaced_persistent_volume_claim(namespace, claim).metadata.name

# %% cell: storage-mount
mount = {"name": "v", "mountPath": "/srv/v/"}
volume = {"name": "v", "persistentVolumeClaim": {"claimName": mine}}
changes = [
    {"op": "add", "path": "/spec/template/spec/volumes/0", "value": volume},
    {"op": "add", "path": "/spec/template/spec/containers/0/volumeMounts/0", "value": mount},
    {"op": "replace", "path": "/spec/strategy", "value": {"type": "Recreate"}},
]
apps.patch_namespaced_deployment("trainer", namespace, changes)
#| !kubectl set env deployment/trainer CHECKPOINT_DIR=/srv/v

# %% cell: storage-rollout
