"""`bidder` is given a second copy, and `rescore` a container beside its own."""

# %% cell: label-service
def patch(name, **labels):
    apps.patch_namespaced_deployment(name, namespace, {"spec": {"template": {"metadata": {"labels": labels}}}})


for name in ("ranker", "ranker2"):
    patch(name, model="ranking", api="v2")
#| !kubectl scale deployment bidder --replicas=2
beside = {"name": "watcher", "image": f"{images}/python:1", "command": ["python", "-c", "import time; time.sleep(10**6)"]}
apps.patch_namespaced_deployment("rescore", namespace, {"spec": {"template": {"spec": {"containers": [beside]}}}})
