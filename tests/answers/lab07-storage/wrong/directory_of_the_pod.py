"""CHECKPOINT_DIR has the Pod's name in it, so that the next Pod looks into another directory."""

LOSES = [
    "the Pod in the place of a deleted one goes on from its last checkpoint",
    "the Pod after the next knows all that the Pods before it took down",
]

# %% cell: storage-mount
#| !kubectl delete deployment trainer

# %% cell: storage-rollout
#| %%apply
#| apiVersion: apps/v1
#| kind: Deployment
#| metadata: {name: trainer}
#| spec:
#|   replicas: 1
#|   strategy: {type: Recreate}
#|   selector:
#|     matchLabels: {app: trainer}
#|   template:
#|     metadata:
#|       labels: {app: trainer}
#|     spec:
#|       terminationGracePeriodSeconds: 5
#|       containers:
#|         - name: trainer
#|           image: localhost:5000/python:1
#|           command: [python, /programs/train.py]
#|           env:
#|             - {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
#|             - {name: CHECKPOINT_DIR, value: /checkpoints/$(POD)}
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
