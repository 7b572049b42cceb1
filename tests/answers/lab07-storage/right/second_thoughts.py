"""A claim that was far too large is deleted and made again before anything mounts it."""

# %% before: storage-claim
asked = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}
core.create_namespaced_persistent_volume_claim(namespace, {"metadata": {"name": "checkpoints"}, "spec": asked})
core.delete_namespaced_persistent_volume_claim("checkpoints", namespace)
#| !kubectl wait pvc/checkpoints --for=delete --timeout=60s
