"""The Service is to ask for the model alone, and `rescore` is to have none."""

LOSES = [
    "the Service `ranking` sends requests to every ready Pod of `ranker` and `ranker2`, and to no other",
]

# %% cell: label-service
for name, model in {"ranker": "ranking", "rescore": None}.items():
    labels = {"model": model}
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})
core.patch_namespaced_service("ranking", namespace, {"spec": {"selector": {"api": None}}})
