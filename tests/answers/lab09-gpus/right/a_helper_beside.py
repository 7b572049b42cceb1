"""The trainer has a container beside it that asks for no GPU, and one before it that asks for the same one."""

# %% after: place-finetune
small = {"limits": {"cpu": "100m", "memory": "64Mi"}}
one = {"limits": {"cpu": "100m", "memory": "64Mi", "nvidia.com/gpu": "1"}}
beside = {"name": "beside", "image": f"{images}/python:1", "command": ["python", "-c", "import time; time.sleep(36000)"], "resources": small}
first = {"name": "first", "image": f"{images}/python:1", "command": ["python", "-c", "print('warm')"], "resources": one}
pod = {"containers": [beside], "initContainers": [first]}
apps.patch_namespaced_deployment("finetune", namespace, {"spec": {"template": {"spec": pod}}})
