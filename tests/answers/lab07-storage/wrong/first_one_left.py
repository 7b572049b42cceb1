"""A StatefulSet beside the Deployment, which was left running."""

LOSES = [
    "there is one trainer, and a rollout takes it away before it makes the next",
]

# %% cell: storage-claim


# %% cell: storage-mount


# %% cell: storage-rollout
#| %%apply
#| apiVersion: apps/v1
#| kind: StatefulSet
#| metadata: {name: trainer2}
#| spec:
#|   replicas: 1
#|   serviceName: trainer
#|   selector:
#|     matchLabels: {app: trainer2}
#|   template:
#|     metadata:
#|       labels: {app: trainer2}
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
#|   volumeClaimTemplates:
#|     - metadata: {name: checkpoints}
#|       spec:
#|         accessModes: [ReadWriteOnce]
#|         resources:
#|           requests: {storage: 16Mi}
