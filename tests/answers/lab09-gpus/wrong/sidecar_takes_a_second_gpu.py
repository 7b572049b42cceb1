"""A sidecar that is to watch the card asks for a GPU of its own, and the Pod books two."""

LOSES = [
    "each Pod that `finetune` makes asks for exactly one GPU",
]

# %% change: place-finetune
#- containers:
#+ initContainers:
#+   - name: card-watch
#+     image: localhost:5000/python:1
#+     restartPolicy: Always
#+     command: [python, -c, "import time; time.sleep(86400)"]
#+     resources:
#+       limits: {cpu: 100m, memory: 64Mi, nvidia.com/gpu: 1}
#+ containers:
