"""The Secret of a first try is still declared as a volume, which no container mounts."""

LOSES = [
    "a new Pod does not become ready where a ConfigMap or a Secret of its own is missing",
]

# %% before: give-token
#| !kubectl create secret generic first-try --from-literal=token="$(cat token.txt)"
volume = {"name": "first-try", "secret": {"secretName": "first-try"}}
apps.patch_namespaced_deployment("scorer", namespace, {"spec": {"template": {"spec": {"volumes": [volume]}}}})
