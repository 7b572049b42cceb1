"""The claim belongs to the Deployment, so that both are tidied up at once."""

LOSES = [
    "the claims that trainers mount stay when what keeps the trainers is deleted",
]

# %% after: storage-rollout
owner = apps.read_namespaced_deployment("trainer", namespace)
reference = {"apiVersion": "apps/v1", "kind": "Deployment", "name": "trainer", "uid": owner.metadata.uid}
core.patch_namespaced_persistent_volume_claim("checkpoints", namespace, {"metadata": {"ownerReferences": [reference]}})
