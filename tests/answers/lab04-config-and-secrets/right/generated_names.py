"""Names with a digest of what is in them, as Kustomize makes them, and an old ConfigMap left behind."""

# %% cell: give-path
import hashlib


def generated(name, text):
    return f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:10]}"


for path in ("/models/spring.json", "/models/autumn.json"):
    settings = generated("scorer-settings", path)
    core.create_namespaced_config_map(namespace, {"metadata": {"name": settings}, "data": {"MODEL_PATH": path}})
    source = {"configMapKeyRef": {"name": settings, "key": "MODEL_PATH"}}
    container = {"name": "scorer", "env": [{"name": "MODEL_PATH", "valueFrom": source}]}
    apps.patch_namespaced_deployment("scorer", namespace, {"spec": {"template": {"spec": {"containers": [container]}}}})

# %% cell: give-token
token = open("token.txt").read().strip()
name = generated("feature-store", token)
core.create_namespaced_secret(namespace, {"metadata": {"name": name}, "stringData": {"features-token": token}})
#| !kubectl set env deployment/scorer --from=secret/{name}
