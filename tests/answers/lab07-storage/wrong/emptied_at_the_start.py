"""A container that runs first makes sure that the directory is empty."""

LOSES = [
    "the Pod in the place of a deleted one goes on from its last checkpoint",
    "the Pod after the next knows all that the Pods before it took down",
]

# %% change: storage-mount
#- template = {"spec": {"containers": [container], "volumes": [volume]}}
#+ first = {
#+     "name": "prepare",
#+     "image": f"{images}/python:1",
#+     "command": ["sh", "-c", "rm -rf /checkpoints/*"],
#+     "volumeMounts": container["volumeMounts"],
#+ }
#+ template = {"spec": {"initContainers": [first], "containers": [container], "volumes": [volume]}}
