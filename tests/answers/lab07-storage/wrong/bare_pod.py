"""The trainer is a Pod of its own that mounts the claim, and nothing replaces it."""

LOSES = [
    "there is one trainer, and a rollout takes it away before it makes the next",
    "the Pod in the place of a deleted one goes on from its last checkpoint",
    "the Pod after the next knows all that the Pods before it took down",
]

# %% cell: storage-mount
#| !kubectl delete deployment trainer

# %% cell: storage-rollout
#| %%apply
#| apiVersion: v1
#| kind: Pod
#| metadata: {name: trainer-by-hand}
#| spec:
#|   containers:
#|     - name: trainer
#|       image: localhost:5000/python:1
#|       command: [python, /programs/train.py]
#|       env:
#|         - {name: CHECKPOINT_DIR, value: /checkpoints}
#|       readinessProbe:
#|         httpGet: {path: /readyz, port: 8000}
#|         periodSeconds: 1
#|       volumeMounts:
#|         - {name: program, mountPath: /programs}
#|         - {name: checkpoints, mountPath: /checkpoints}
#|   volumes:
#|     - {name: program, configMap: {name: trainer}}
#|     - {name: checkpoints, persistentVolumeClaim: {claimName: checkpoints}}
