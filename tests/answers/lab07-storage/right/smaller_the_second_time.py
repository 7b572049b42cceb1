"""A first claim, which took all the room there is, is deleted, and a smaller one of its name is mounted."""

# %% change: storage-claim
#- "resources": {"requests": {"storage": "16Mi"}},
#+ "resources": {"requests": {"storage": "32Mi"}},

# %% before: storage-mount
#| !kubectl delete pvc checkpoints
claim["spec"]["resources"]["requests"]["storage"] = "12Mi"
core.create_namespaced_persistent_volume_claim(namespace, claim)
