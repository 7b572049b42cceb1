"""A second Deployment does it right, and the first one still runs beside it."""

LOSES = [
    "there is one trainer, and a rollout takes it away before it makes the next",
]

# %% cell: storage-mount
#| %%apply
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata: {name: trainer-2}
#| spec:
#|   replicas: 1
#|   strategy: {type: Recreate}
#|   selector:
#|     matchLabels: {app: trainer-2}
#|   template:
#|     metadata:
#|       labels: {app: trainer-2}
#|     spec:
#|       terminationGracePeriodSeconds: 5
#|       containers:
#|         - name: trainer
#|           image: localhost:5000/python:1
#|           command: [python, /programs/train.py]
#|           env:
#|             - {name: CHECKPOINT_DIR, value: /checkpoints}
#|           readinessProbe:
#|             httpGet: {path: /readyz, port: 8000}
#|             periodSeconds: 1
#|           resources:
#|             requests: {cpu: 20m, memory: 48Mi}
#|             limits: {cpu: 500m, memory: 128Mi}
#|           volumeMounts:
#|             - {name: program, mountPath: /programs}
#|             - {name: checkpoints, mountPath: /checkpoints}
#|       volumes:
#|         - {name: program, configMap: {name: trainer}}
#|         - {name: checkpoints, persistentVolumeClaim: {claimName: checkpoints}}

# %% cell: storage-rollout
