"""An init container copies the token where the server reads it, without its line end."""

# %% cell: give-token
#| !kubectl create secret generic feature-store --from-file=token.txt
copies = {
    "name": "trim",
    "image": f"{images}/python:1",
    "command": ["sh", "-c", 'printf %s "$(cat /secret/token.txt)" > /run/token/token'],
    "volumeMounts": [{"name": "secret", "mountPath": "/secret"}, {"name": "trimmed", "mountPath": "/run/token"}],
}
container = {
    "name": "scorer",
    "env": [{"name": "FEATURES_TOKEN_FILE", "value": "/run/token/token"}],
    "volumeMounts": [{"name": "trimmed", "mountPath": "/run/token"}],
}
volumes = [
    {"name": "secret", "secret": {"secretName": "feature-store"}},
    {"name": "trimmed", "emptyDir": {"medium": "Memory"}},
]
pod = {"initContainers": [copies], "containers": [container], "volumes": volumes}
apps.patch_namespaced_deployment("scorer", namespace, {"spec": {"template": {"spec": pod}}})
