"""A second container in the trainer's Pod mounts the same volume, for reading."""

# %% change: storage-mount
#- template = {"spec": {"containers": [container], "volumes": [volume]}}
#+ reader = {
#+     "name": "reader",
#+     "image": f"{images}/python:1",
#+     "command": ["python", "-m", "http.server", "9000", "--directory", "/look"],
#+     "resources": {"requests": {"cpu": "5m", "memory": "24Mi"}, "limits": {"cpu": "100m", "memory": "64Mi"}},
#+     "volumeMounts": [{"name": "checkpoints", "mountPath": "/look", "readOnly": True}],
#+ }
#+ template = {"spec": {"containers": [container, reader], "volumes": [volume]}}
