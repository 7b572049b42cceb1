"""A claim of a first attempt was left there, and together they ask for too much."""

LOSES = [
    "the claims in the namespace ask for at most 32Mi in all, and one of them is bound",
]

# %% before: storage-claim
core.create_namespaced_persistent_volume_claim(namespace, {
    "metadata": {"name": "checkpoints-old"},
    "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "24Mi"}}},
})
