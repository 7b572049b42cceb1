"""A backup of the Secret in a ConfigMap, base64 as it came."""

LOSES = [
    "the token is in no object of the namespace but Secrets",
]

# %% after: clear-sight
secret = core.read_namespaced_secret("feature-store", namespace)
core.create_namespaced_config_map(namespace, {"metadata": {"name": "backup"}, "data": {"feature-store": str(secret.data)}})
