"""The Pods of `ranker` get a second container, and less time to end."""

# %% after: label-service
companion = {
    "name": "companion",
    "image": f"{images}/python:1",
    "command": ["python", "-c", "import time; time.sleep(1e7)"],
}
pod = {"terminationGracePeriodSeconds": 1, "containers": [companion]}
apps.patch_namespaced_deployment("ranker", namespace, {"spec": {"template": {"spec": pod}}})
