"""A container that runs first makes the directory and sees to its rights."""

# %% change: storage-mount
#- "env": [{"name": "CHECKPOINT_DIR", "value": "/checkpoints"}],
#+ "env": [{"name": "CHECKPOINT_DIR", "value": "/checkpoints/letters"}],

#- template = {"spec": {"containers": [container], "volumes": [volume]}}
#+ first = {
#+     "name": "prepare",
#+     "image": f"{images}/python:1",
#+     "command": ["sh", "-c", "mkdir -p /checkpoints/letters && chmod 700 /checkpoints/letters"],
#+     "volumeMounts": container["volumeMounts"],
#+ }
#+ template = {"spec": {"initContainers": [first], "containers": [container], "volumes": [volume]}}
