"""The claim is made with the Deployment as its owner, and goes with it."""

LOSES = [
    "the claims that trainers mount stay when what keeps the trainers is deleted",
]

# %% before: storage-claim
owner = apps.read_namespaced_deployment("trainer", namespace)
reference = {"apiVersion": "apps/v1", "kind": "Deployment", "name": "trainer", "uid": owner.metadata.uid}

# %% change: storage-claim
#- "metadata": {"name": "checkpoints"},
#+ "metadata": {"name": "checkpoints", "ownerReferences": [reference]},
